#include "tests/common/journal/postgres_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace outlay::journal {
namespace {

constexpr int kPollMs = 20;

bool SendAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

// Whether something came; what came is appended. False: the other end is gone.
bool Receive(int fd, std::string& buffer) {
  char chunk[65536];
  const ssize_t size = ::recv(fd, chunk, sizeof chunk, 0);
  if (size <= 0) return false;
  buffer.append(chunk, static_cast<size_t>(size));
  return true;
}

uint32_t LengthAt(const std::string& buffer, size_t at) {
  uint32_t length = 0;
  std::memcpy(&length, buffer.data() + at, sizeof length);
  return ntohl(length);
}

// The first whole message of a stream, empty where there is none yet; the start-up message alone
// has no type before its length.
std::string TakeMessage(std::string& stream, bool typed) {
  const size_t type = typed ? 1 : 0;
  if (stream.size() < type + 4) return "";
  const size_t size = type + LengthAt(stream, type);
  if (stream.size() < size) return "";
  std::string message = stream.substr(0, size);
  stream.erase(0, size);
  return message;
}

// The prepared statement of a Bind message, else empty.
std::string_view BoundStatement(const std::string& message) {
  if (message[0] != 'B') return "";
  const char* portal = message.data() + 5;
  return portal + std::strlen(portal) + 1;
}

// Where a cut is made.
std::string_view StatementOf(PostgresProxy::Cut cut) {
  switch (cut) {
    case PostgresProxy::Cut::kHoldGroup:
      return "begin";
    case PostgresProxy::Cut::kBeforeRequests:
      return "read_requests";
    default:
      return "commit";
  }
}

int ConnectTo(const std::string& path) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return fd;
  ::close(fd);
  return -1;
}

}  // namespace

// One connection through the proxy, on a thread of its own.
class PostgresProxy::Link {
 public:
  Link(PostgresProxy& proxy, int client)
      : proxy_(proxy), client_(client), server_(ConnectTo(proxy.socket_path_)) {}

  ~Link() {
    CloseClient();
    if (server_ >= 0) ::close(server_);
  }

  void Run() {
    while (server_ >= 0 && client_ >= 0 && !proxy_.stopping_) {
      pollfd ends[] = {{client_, POLLIN, 0}, {server_, POLLIN, 0}};
      if (::poll(ends, 2, kPollMs) < 0) return;
      if (ends[0].revents != 0 && (!Receive(client_, from_client_) || !Forward())) return;
      if (ends[1].revents != 0 && !PassBack()) return;
    }
  }

 private:
  void CloseClient() {
    if (client_ >= 0) ::close(client_);
    client_ = -1;
  }

  bool PassBack() {
    std::string bytes;
    return Receive(server_, bytes) && SendAll(client_, bytes);
  }

  // Whether the connection goes on.
  bool Forward() {
    while (true) {
      const std::string message = TakeMessage(from_client_, started_);
      if (message.empty()) return true;
      if (started_) {
        const Cut cut = proxy_.TakeCut(BoundStatement(message));
        if (cut != Cut::kNone) return MakeCut(cut, message);
      }
      started_ = true;
      if (!SendAll(server_, message)) return false;
    }
  }

  bool MakeCut(Cut cut, std::string held) {
    if (cut != Cut::kBeforeCommit && cut != Cut::kBeforeRequests) {
      ReadToSync(held);
      if (cut != Cut::kAfterCommit) {
        CloseClient();
        proxy_.NoteCut();
        proxy_.AwaitRelease();
      }
      SendAll(server_, held);
      AwaitReadyForQuery();
      proxy_.NoteHeldAnswered();
    }
    CloseClient();
    proxy_.NoteCut();
    return false;
  }

  void ReadToSync(std::string& held) {
    while (true) {
      std::string message = TakeMessage(from_client_, true);
      if (message.empty()) {
        if (!Receive(client_, from_client_)) return;
        continue;
      }
      held += message;
      if (message[0] == 'S') return;
    }
  }

  void AwaitReadyForQuery() {
    std::string answers;
    while (true) {
      const std::string message = TakeMessage(answers, true);
      if (message.empty()) {
        if (!Receive(server_, answers)) return;
        continue;
      }
      if (message[0] == 'Z') return;
    }
  }

  PostgresProxy& proxy_;
  int client_;
  int server_;
  bool started_ = false;
  std::string from_client_;
};

PostgresProxy::PostgresProxy(const std::string& server_url)
    : socket_path_(server_url.substr(server_url.find("host=") + 5) + "/.s.PGSQL.5432") {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

PostgresProxy::~PostgresProxy() {
  stopping_ = true;
  Release();
  acceptor_.join();
  for (std::thread& link : links_) link.join();
  ::close(listener_);
}

std::string PostgresProxy::url() const {
  return "postgresql://outlay@127.0.0.1:" + std::to_string(port_) + "/postgres?sslmode=disable";
}

void PostgresProxy::Accept() {
  while (!stopping_) {
    pollfd listening{listener_, POLLIN, 0};
    if (::poll(&listening, 1, kPollMs) <= 0) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    links_.emplace_back([this, client] { Link(*this, client).Run(); });
  }
}

void PostgresProxy::CutNext(Cut cut, Cut then) {
  std::lock_guard lock(mutex_);
  armed_ = cut;
  armed_then_ = then;
  cut_ = released_ = held_answered_ = false;
}

PostgresProxy::Cut PostgresProxy::TakeCut(std::string_view statement) {
  std::lock_guard lock(mutex_);
  if (armed_ == Cut::kNone || statement != StatementOf(armed_)) return Cut::kNone;
  return std::exchange(armed_, std::exchange(armed_then_, Cut::kNone));
}

void PostgresProxy::NoteCut() {
  std::lock_guard lock(mutex_);
  cut_ = true;
  changed_.notify_all();
}

void PostgresProxy::WaitForCut() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return cut_; });
}

void PostgresProxy::Release() {
  std::lock_guard lock(mutex_);
  released_ = true;
  changed_.notify_all();
}

void PostgresProxy::AwaitRelease() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return released_; });
}

void PostgresProxy::NoteHeldAnswered() {
  std::lock_guard lock(mutex_);
  held_answered_ = true;
  changed_.notify_all();
}

void PostgresProxy::WaitForHeld() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return held_answered_; });
}

}  // namespace outlay::journal
