#include "engine/chdb_pool.h"

#include <fmt/format.h>

#include <chrono>

#include "engine/failure.h"
#include "engine/literal.h"

namespace huitou::engine {
namespace {

constexpr std::string_view kFormat = "Native";

/// Owns a result of the library.
class Answer {
 public:
  Answer(const ChdbApi& api, ChdbResult* result) : api_(api), result_(result) {}
  ~Answer() { api_.destroy_result(result_); }
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

  ChdbResult* get() const { return result_; }
  const char* error() const { return api_.result_error(result_); }
  std::string_view bytes() const {
    const std::size_t size = api_.result_size(result_);
    return size == 0 ? std::string_view() : std::string_view(api_.result_bytes(result_), size);
  }

 private:
  const ChdbApi& api_;
  ChdbResult* result_;
};

/// Grouping and sorting move to disk at half the memory, so that they end instead of failing.
std::string settings_text(const Limits& limits, const std::string& id) {
  return fmt::format(
      "SET max_execution_time = {}, max_memory_usage = {}, max_bytes_before_external_group_by = "
      "{}, "
      "max_bytes_before_external_sort = {}, max_result_rows = {}, result_overflow_mode = 'throw', "
      "max_threads = {}, log_comment = {}",
      limits.seconds, limits.memory_bytes, limits.memory_bytes / 2, limits.memory_bytes / 2,
      limits.result_rows, limits.threads, text_literal(id));
}

}  // namespace

Status Connection::check(const char* error) {
  if (error == nullptr) {
    return {};
  }
  broken_ = true;
  return failure(error, limits_);
}

Status Connection::prepare(const Limits& limits, const std::string& id) {
  std::string settings = settings_text(limits, id);
  limits_ = limits;
  if (settings == settings_) {
    return {};
  }
  TRY(run(settings));
  settings_ = std::move(settings);
  return {};
}

Result<std::string> Connection::run(std::string_view text) {
  const Answer answer(
      api_, api_.query(*handle_, text.data(), text.size(), kFormat.data(), kFormat.size()));
  TRY(check(answer.error()));
  return std::string(answer.bytes());
}

Status Connection::stream(std::string_view text,
                          const std::function<Status(std::string_view)>& take) {
  const Answer stream(
      api_, api_.stream(*handle_, text.data(), text.size(), kFormat.data(), kFormat.size()));
  TRY(check(stream.error()));
  // Left by any way but the end, the connection is not used again.
  broken_ = true;
  while (true) {
    const Answer piece(api_, api_.fetch(*handle_, stream.get()));
    TRY(check(piece.error()));
    if (piece.bytes().empty()) {
      broken_ = false;
      return {};
    }
    if (Status status = take(piece.bytes()); !status.ok()) {
      api_.cancel_stream(*handle_, stream.get());
      return status;
    }
  }
}

ChdbInsert* Connection::begin_insert(std::string_view text) {
  return api_.insert(*handle_, text.data(), text.size(), kFormat.data(), kFormat.size());
}

Status Connection::check_insert(ChdbInsert* insert) { return check(api_.insert_error(insert)); }

Status Connection::append(ChdbInsert* insert, std::string_view bytes) {
  if (api_.append(insert, bytes.data(), bytes.size()) == 0) {
    return {};
  }
  const char* error = api_.insert_error(insert);
  return check(error == nullptr ? "the insert was ended by the engine" : error);
}

Status Connection::finish_insert(ChdbInsert* insert) {
  const Answer answer(api_, api_.finish_insert(insert));
  return check(answer.error());
}

Lease::~Lease() {
  if (connection_ != nullptr) {
    pool_->give_back(std::move(connection_));
  }
}

std::unique_ptr<Connection> Pool::connect() {
  std::vector<char*> arguments;
  for (std::string& argument : arguments_) {
    arguments.push_back(argument.data());
  }
  ChdbConnection** handle = api_.connect(static_cast<int>(arguments.size()), arguments.data());
  return handle == nullptr ? nullptr : std::make_unique<Connection>(api_, handle);
}

Result<Lease> Pool::acquire(double seconds) {
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(mutex_);
    const auto until = std::chrono::duration<double>(seconds);
    if (!returned_.wait_for(lock, until, [this] { return out_ < limit_; })) {
      return Error{
          Code::unavailable,
          fmt::format("All {} connections to the engine were busy for {:g} s", limit_, seconds),
          "Try again when the running queries have ended.",
          fmt::format("引擎的 {} 个连接在 {:g} 秒内一直繁忙", limit_, seconds),
          "请在正在运行的查询结束后重试。"};
    }
    ++out_;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection == nullptr) {
    connection = connect();
  }
  if (connection == nullptr) {
    give_back(nullptr);
    return Error{Code::unavailable, "The engine refused a further connection",
                 "Try again; if it stays so, start the program anew.", "引擎拒绝了新的连接",
                 "请重试；如果仍然如此，请重新启动程序。"};
  }
  return Lease(*this, std::move(connection));
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  if (connection != nullptr && connection->broken()) {
    connection.reset();
  }
  {
    const std::lock_guard lock(mutex_);
    --out_;
    if (connection != nullptr) {
      idle_.push_back(std::move(connection));
    }
  }
  returned_.notify_one();
}

}  // namespace huitou::engine
