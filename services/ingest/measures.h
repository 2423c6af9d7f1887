// The measures and definitions that can be recorded.
#ifndef OUTLAY_SERVICES_INGEST_MEASURES_H_
#define OUTLAY_SERVICES_INGEST_MEASURES_H_

#include "services/common/measures/measures.h"

namespace outlay::ingest {

using measures::AllMeasures;
using measures::Definition;
using measures::DefinitionIds;
using measures::FindMeasure;
using measures::Measure;
using measures::MeasureIds;

}  // namespace outlay::ingest

#endif  // OUTLAY_SERVICES_INGEST_MEASURES_H_
