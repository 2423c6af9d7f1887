// When a rate is suspicious: a pure function of what a reading sees of its series, so that the order
// in which the fixings arrived makes no difference.
#ifndef OUTLAY_SERVICES_FX_SUSPICION_H_
#define OUTLAY_SERVICES_FX_SUSPICION_H_

#include <span>

#include "services/fx/rate_book.h"

namespace outlay::fx {

// Fixings farther apart are no neighbours: a monthly series is judged, one that paused for a quarter
// starts anew.
inline constexpr int kNeighbourDays = 35;

// How far back a row of moves, one after the other, is followed. What is beyond in a longer one is
// flagged.
inline constexpr int kMovesFollowedMax = 16;

// Whether the larger of the two rates exceeds the smaller by more than `percent` of the smaller: the
// same for a pair and its inverse. Exact.
bool MovesBeyond(int percent, const Fixing& a, const Fixing& b);

// Whether the fixing is flagged, given the entries of its series, by date and sequence, of which it
// is one. The others are seen as the last recorded of each date. 0 percent: never.
//
// A fixing is flagged where it moves against the one before it, except where it thereby comes back
// from one that is flagged itself. So of 100, 1, 100 the second is flagged and not the third; of
// 100, 100, 150, 150, a step that lasts, the first of the new level. The first fixing of a series has
// none before it: it is flagged where it moves against the next one and that one agrees with the
// next but one (1, 100, 100), and then the second is not. Of two that are alone the later is.
bool IsSuspicious(std::span<const Fixing> entries, const Fixing& fixing, const Reading& reading,
                  int percent);

}  // namespace outlay::fx

#endif  // OUTLAY_SERVICES_FX_SUSPICION_H_
