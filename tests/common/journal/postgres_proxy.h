#ifndef OUTLAY_TESTS_COMMON_JOURNAL_POSTGRES_PROXY_H_
#define OUTLAY_TESTS_COMMON_JOURNAL_POSTGRES_PROXY_H_

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace outlay::journal {

// Stands between the engine and the server and cuts a connection at an exact point of a commit.
// It knows the protocol's messages: a commit is a Bind of the prepared statement "commit", and a
// group begins with one of "begin".
class PostgresProxy {
 public:
  enum class Cut {
    kNone,
    kBeforeCommit,    // the server has the group, and not its COMMIT
    kAfterCommit,     // the server has answered, and the answer is not passed on
    kHoldCommit,      // the client is cut off; the server gets the COMMIT at Release
    kHoldGroup,       // the client is cut off; the server gets the whole group at Release
    kBeforeRequests,  // the client catches up with entries, and is cut off before the requests
  };

  // `server_url` is that of a server with a Unix socket.
  explicit PostgresProxy(const std::string& server_url);
  ~PostgresProxy();
  PostgresProxy(const PostgresProxy&) = delete;
  PostgresProxy& operator=(const PostgresProxy&) = delete;

  std::string url() const;

  // The next on any connection, and afterwards the next of `then`.
  void CutNext(Cut cut, Cut then = Cut::kNone);
  void WaitForCut();
  void Release();
  // Returns when what was held has been answered.
  void WaitForHeld();

 private:
  class Link;

  void Accept();
  Cut TakeCut(std::string_view statement);
  void NoteCut();
  void AwaitRelease();
  void NoteHeldAnswered();

  const std::string socket_path_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  Cut armed_ = Cut::kNone;
  Cut armed_then_ = Cut::kNone;
  bool cut_ = false;
  bool released_ = false;
  bool held_answered_ = false;
  std::vector<std::thread> links_;
  std::thread acceptor_;
};

}  // namespace outlay::journal

#endif  // OUTLAY_TESTS_COMMON_JOURNAL_POSTGRES_PROXY_H_
