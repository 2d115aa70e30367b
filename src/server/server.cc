#include "server/server.h"

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "server/routes.h"
#include "server/scheduler.h"
#include "server/warmer.h"

namespace huitou::server {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLogBytes = 8U << 20U;
/// Between two looks at what is due.
constexpr double kScheduleSeconds = 5;

std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// HOME/logs/server.log; a full one becomes server.log.1.
class Log {
 public:
  explicit Log(const std::string& home) : path_(fs::path(home) / "logs" / "server.log") {
    std::error_code error;
    if (fs::exists(path_, error) && fs::file_size(path_, error) > kLogBytes) {
      fs::rename(path_, path_.string() + ".1", error);
    }
    file_.open(path_, std::ios::app);
  }
  void write(std::string line) {
    std::replace(line.begin(), line.end(), '\n', ' ');
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::system_clock::now().time_since_epoch());
    const std::lock_guard lock(mutex_);
    file_ << commands::format_time(now.count()) << ' ' << line << std::endl;
  }

 private:
  fs::path path_;
  std::mutex mutex_;
  std::ofstream file_;
};

std::int64_t utc_now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string host_in_url(const std::string& listen) {
  if (listen == "0.0.0.0" || listen == "::") return "127.0.0.1";
  return listen.find(':') == std::string::npos ? listen : "[" + listen + "]";
}

/// The pages lie beside the program: build/<preset>/bin/huitou -> web/dist.
std::string find_pages(const std::string& given) {
  if (!given.empty()) return given;
  std::error_code error;
  fs::path at = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (int up = 0; up < 5 && !at.empty(); ++up, at = at.parent_path()) {
    for (const char* place : {"web/dist", "share/huitou/web"}) {
      if (fs::exists(at / place / "index.html", error)) return (at / place).string();
    }
  }
  return "";
}

std::size_t workers_of(const ServerLimits& limits) {
  return limits.workers > 0 ? static_cast<std::size_t>(limits.workers)
                            : std::max<std::size_t>(2, std::thread::hardware_concurrency());
}

}  // namespace

/// Members end from the last to the first. Replies need the listener: workers and jobs are stopped
/// before it ends, and end themselves after it, because requests may still come until then.
struct Server::State {
  State(std::unique_ptr<commands::Shop> opened, const ServeOptions& options)
      : shop(std::move(opened)),
        limits(options.limits),
        listen(options.listen),
        log(shop->home),
        answers(*shop, {limits.cache_bytes, limits.kept_seconds},
                [this](const std::string& line) { log.write(line); }),
        uploads((fs::path(shop->home) / "uploads").string()),
        downloads((fs::path(shop->home) / "downloads").string()),
        pages(find_pages(options.web)),
        collection(*shop->collector),
        pool(workers_of(limits), limits.queued_requests),
        surveys({*shop->store, pool,
                 [this] { return commands::moment_at(shop->settings, utc_now()); },
                 [this] { return answers.change([] { return Status(); }); },
                 [this](const std::string& line) { log.write(line); }}),
        jobs(limits),
        scheduler({*shop, answers, jobs, [this](const std::string& line) { log.write(line); }}),
        warmer(answers, [this](const std::string& line) { log.write(line); }) {}

  /// Begins to take events.
  void collect() {
    shop->collector->start(
        {.now_ms = utc_now_ms,
         .day_at = [this](std::int64_t at) { return commands::day_at(shop->settings, at); },
         .alone =
             [this](const std::function<Status()>& work) {
               const std::lock_guard lock(shop->changing);
               return work();
             },
         .load = [this](const std::function<Status()>& work) { return answers.change(work); },
         .log = [this](const std::string& line) { log.write(line); }});
  }

  ~State() {
    warmer.stop();
    scheduler.stop();
    jobs.stop();
    pool.stop();
    surveys.stop();
    shop->collector->stop();
  }

  std::unique_ptr<commands::Shop> shop;
  ServerLimits limits;
  std::string listen;
  std::string token = new_token();
  Log log;
  Answers answers;
  Uploads uploads;
  Downloads downloads;
  Pages pages;
  Collection collection;
  Pool pool;
  SurveyDoor surveys;
  Jobs jobs;
  Scheduler scheduler;
  Warmer warmer;
  std::unique_ptr<Routes> routes;
  std::mutex starting;
  std::unique_ptr<HttpListener> listener;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(std::unique_ptr<commands::Shop> shop,
                                              const ServeOptions& options) {
  auto state = std::make_unique<State>(std::move(shop), options);
  State* const raw = state.get();
  const HttpOptions http{
      .listen = options.listen,
      .port = options.port,
      .body_bytes = 2 * std::max(options.limits.part_bytes, options.limits.body_bytes),
      .connections = options.limits.connections,
      .request_seconds = options.limits.request_seconds};
  {
    // A request that comes before the routes know the port waits for them.
    const std::lock_guard lock(state->starting);
    TRY(state->listener, listen_http(http, [raw](const ExchangePtr& exchange) {
          { const std::lock_guard wait(raw->starting); }
          raw->routes->handle(exchange);
        }));
    const Routes::Parts parts{raw->answers,    raw->pool,      raw->jobs,
                              raw->uploads,    raw->downloads, raw->pages,
                              raw->collection, raw->surveys,   raw->limits};
    state->routes = std::make_unique<Routes>(
        parts, Door{state->token, options.listen, state->listener->port()});
    state->collect();
  }
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

void Server::run_what_is_due(std::function<std::int64_t()> clock, double seconds) {
  state_->scheduler.start(std::move(clock), seconds);
}

std::uint16_t Server::port() const { return state_->listener->port(); }
std::string Server::url() const {
  return fmt::format("http://{}:{}", host_in_url(state_->listen), port());
}
const std::string& Server::token() const { return state_->token; }

Status serve(const ServeOptions& options) {
  // Blocked before any thread begins, so that only sigwait below gets them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  TRY(auto shop, commands::open_shop_until_exit(options.home));
  TRY(const auto server, Server::start(std::move(shop), options));
  server->run_what_is_due(utc_now, kScheduleSeconds);
  TRY(commands::write_server_address(options.home, {server->url(), server->token(), getpid()}));
  if (options.ready) options.ready(server->url() + "/?token=" + server->token());
  int signal = 0;
  sigwait(&signals, &signal);
  commands::remove_server_address(options.home);
  return {};
}

}  // namespace huitou::server
