// Carries the shared precompiled headers; see targets.cmake.
