// Ending a process on SIGTERM or SIGINT without a signal handler.
#ifndef OUTLAY_SERVICES_COMMON_RPC_SIGNALS_H_
#define OUTLAY_SERVICES_COMMON_RPC_SIGNALS_H_

namespace outlay::rpc {

// Blocks SIGTERM and SIGINT for this thread and those it will start, and ignores SIGPIPE: first
// thing in main, before any thread exists.
void BlockTerminationSignals();

// Waits for one of the two and returns its number. Only main calls it.
int WaitForTermination();

// Makes WaitForTermination return, as SIGTERM would: for a part that cannot go on. Any thread.
void RequestTermination();

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_SIGNALS_H_
