#pragma once

// The door to the server: commands over HTTP.
//
//   POST   /api/<command words by slash>   arguments as a JSON object; GET with ?name=value for
//   reads POST   /api/batch                      [{"command", "args"}] -> [Answer or Failure] GET
//   /api/catalogue  /api/openapi.json GET    /api/jobs  /api/jobs/ID  /api/jobs/ID/events; DELETE
//   /api/jobs/ID cancels PUT    /api/uploads/ID?offset=N; GET, DELETE /api/uploads/ID POST
//   /api/downloads/NAME gives a place where a job may write; GET, DELETE /api/downloads/ID GET
//   anything else          the web pages; /?token=T signs the browser in
//
// Invariants
// - Nothing is answered without the token: Authorization: Bearer, or the cookie that ?token= sets.
//   Events (/v1) come in by a write key, answers to surveys (/q) by their link; neither can read.
// - The Host header must name this computer (a rebound domain name is refused), and a request that
//   changes something and says its origin must come from our own pages.
// - No query runs on a thread that does I/O; every queue, body, cache and wait has a named limit.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "commands/commands.h"

namespace huitou::server {

/// Meeting one of these is an error that names it.
struct ServerLimits {
  std::size_t queued_requests = 256;    ///< waiting for a worker: 429
  std::size_t queued_jobs = 32;         ///< 429
  std::size_t kept_jobs = 200;          ///< the oldest ended ones are forgotten
  std::size_t batch_entries = 64;       ///< 413
  std::size_t body_bytes = 4U << 20U;   ///< of anything but an upload: 413
  std::size_t part_bytes = 32U << 20U;  ///< of an upload: 413
  std::size_t connections = 512;
  std::size_t cache_bytes = 64U << 20U;
  double kept_seconds = 0.05;      ///< an answer that took longer is written down in the home
  std::size_t event_streams = 64;  ///< 429
  int workers = 0;                 ///< threads that run queries; 0: the cores, at least 2
  int request_seconds = 300;       ///< a connection that waits longer is closed
};

struct ServeOptions {
  std::string home;
  std::string listen = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one
  std::string web;         ///< directory of built pages; empty: beside the program
  std::function<void(const std::string& address)> ready;  ///< told the address with the token
  ServerLimits limits{};
};

/// A running server. It owns the shop until it is destroyed.
class Server {
 public:
  /// Errors: conflict (the port is taken), invalid_input (no such address).
  static Result<std::unique_ptr<Server>> start(std::unique_ptr<commands::Shop> shop,
                                               const ServeOptions& options);
  /// Ends gracefully: nothing new is accepted, jobs are cancelled, running requests are finished.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// From now on looks every `seconds` for sources that are due, and runs them as jobs; once.
  void run_what_is_due(std::function<std::int64_t()> clock, double seconds);

  std::uint16_t port() const;
  std::string url() const;  ///< "http://127.0.0.1:8710"
  const std::string& token() const;

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Opens the home and serves it until SIGINT or SIGTERM.
/// Errors: those of `open_shop` and `Server::start`.
Status serve(const ServeOptions& options);

}  // namespace huitou::server
