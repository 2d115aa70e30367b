#include "server/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace huitou::server {
namespace {

constexpr std::string_view kApi = "/api/";

HttpReply json_reply(std::string body, int status = 200) {
  return {
      status, "application/json; charset=utf-8", std::move(body), {{"Cache-Control", "no-store"}}};
}

HttpReply status_reply(const Error& error, int status) {
  return json_reply(commands::error_json(error), status);
}

Error wrong_method(const HttpRequest& request, const std::string& right) {
  return {
      Code::invalid_input, fmt::format("{} {} is not understood.", request.method, request.path),
      fmt::format("Use {}.", right), fmt::format("无法理解 {} {}。", request.method, request.path),
      fmt::format("请使用 {}。", right)};
}

Error too_large(const char* limit, std::size_t allowed, std::size_t size) {
  return {Code::limit_reached, fmt::format("{} are over the limit {} of {}.", size, limit, allowed),
          "Send less at once.", fmt::format("{} 超过上限 {}（{}）。", size, limit, allowed),
          "请减少一次发送的量。"};
}

Language language_of(const HttpRequest& request) {
  return request.accept_language.starts_with("zh") ? Language::zh : Language::en;
}

/// "/api/jobs/12/events" after "/api/jobs/" -> {"12", "events"}
struct Tail {
  std::string id;
  std::string rest;
};
Tail tail_of(const std::string& path, std::string_view prefix) {
  const std::string_view tail = std::string_view(path).substr(prefix.size());
  const std::size_t slash = tail.find('/');
  return {std::string(tail.substr(0, slash)),
          slash == std::string_view::npos ? "" : std::string(tail.substr(slash + 1))};
}

/// Answers of a batch as they come in; the last one sends them.
class BatchReply {
 public:
  BatchReply(ExchangePtr exchange, std::size_t size)
      : exchange_(std::move(exchange)), texts_(size), missing_(size) {}

  void put(std::size_t index, AnswerText text) {
    texts_[index] = std::move(text);
    if (missing_.fetch_sub(1) > 1) return;
    std::string body = "[";
    for (std::size_t i = 0; i < texts_.size(); ++i) body += (i == 0 ? "" : ",") + *texts_[i];
    exchange_->reply(json_reply(body + "]"));
  }
  void put(std::size_t index, const Error& error) {
    put(index, std::make_shared<const std::string>(commands::error_json(error)));
  }

 private:
  ExchangePtr exchange_;
  std::vector<AnswerText> texts_;
  std::atomic<std::size_t> missing_;
};

}  // namespace

HttpReply error_reply(const Error& error) {
  return status_reply(error, is_bug(error) ? 500 : http_status(error.code));
}

Routes::Routes(const Parts& parts, Door door)
    : parts_(parts),
      door_(std::move(door)),
      catalogue_(commands::catalogue_json()),
      openapi_(commands::openapi_json()) {}

Error Routes::queue_full() const {
  const std::size_t limit = parts_.limits.queued_requests;
  return {Code::limit_reached,
          fmt::format("{} requests are waiting, which is the limit queued_requests.", limit),
          "Try again in a moment.",
          fmt::format("已有 {} 个请求在等待，达到上限 queued_requests。", limit), "请稍后再试。"};
}

void Routes::later(const ExchangePtr& exchange, std::function<HttpReply()> work) {
  const bool taken =
      parts_.pool.submit([exchange, work = std::move(work)] { exchange->reply(work()); });
  if (!taken) exchange->reply(status_reply(queue_full(), 429));
}

bool Routes::let_in(const ExchangePtr& exchange) {
  const HttpRequest& request = exchange->request();
  const bool is_api = request.path.starts_with(kApi);
  if (const Status host = check_host(door_, request); !host.ok()) {
    exchange->reply(status_reply(host.error(), 403));
    return false;
  }
  const std::string token = request.query_value("token");
  if (!is_api && !token.empty() && same_text(token, door_.token)) {
    exchange->reply({303,
                     "text/plain",
                     "",
                     {{"Location", address_without(request, "token")},
                      {"Cache-Control", "no-store"},
                      {"Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict",
                                                 door_.cookie_name(), door_.token)}}});
    return false;
  }
  const auto entry = check_token(door_, request);
  if (!entry.ok()) {
    exchange->reply(is_api ? status_reply(entry.error(), 401) : sign_in_page());
    return false;
  }
  if (*entry == Entry::token_in_header) return true;
  const Status origin = check_origin(request);
  if (!origin.ok()) exchange->reply(status_reply(origin.error(), 403));
  return origin.ok();
}

bool Routes::body_fits(const ExchangePtr& exchange) {
  const HttpRequest& request = exchange->request();
  const bool is_part = request.path.starts_with("/api/uploads/");
  const std::size_t limit = is_part ? parts_.limits.part_bytes : parts_.limits.body_bytes;
  if (request.body.size() <= limit) return true;
  const char* name = is_part ? "part_bytes" : "body_bytes";
  exchange->reply(error_reply(too_large(name, limit, request.body.size())));
  return false;
}

void Routes::handle(const ExchangePtr& exchange) {
  if (is_collection(exchange->request())) return parts_.collection.handle(exchange);
  if (is_survey(exchange->request())) return parts_.surveys.handle(exchange);
  if (!let_in(exchange) || !body_fits(exchange)) return;
  const HttpRequest& request = exchange->request();
  if (request.path.starts_with(kApi)) {
    api(exchange);
  } else if (request.method == "GET" || request.method == "HEAD") {
    exchange->reply(parts_.pages.reply(request));
  } else {
    exchange->reply(status_reply(wrong_method(request, "GET"), 405));
  }
}

void Routes::api(const ExchangePtr& exchange) {
  const std::string& path = exchange->request().path;
  if (path == "/api/catalogue") return exchange->reply(json_reply(catalogue_));
  if (path == "/api/openapi.json") return exchange->reply(json_reply(openapi_));
  if (path == "/api/batch") return batch(exchange);
  if (path == "/api/jobs" || path.starts_with("/api/jobs/")) return job(exchange);
  if (path.starts_with("/api/uploads/")) return upload(exchange);
  if (path.starts_with("/api/downloads/")) return download(exchange);
  command(exchange);
}

void Routes::command(const ExchangePtr& exchange) {
  const HttpRequest& request = exchange->request();
  std::string name = request.path.substr(kApi.size());
  std::replace(name.begin(), name.end(), '/', ' ');
  commands::Request asked{name, {}, language_of(request)};
  if (request.method == "POST") {
    auto args = commands::parse_args_json(request.body);
    if (!args.ok()) return exchange->reply(error_reply(args.error()));
    asked.args = std::move(*args);
  } else if (request.method == "GET") {
    for (const auto& [key, value] : request.query) asked.args[key].push_back(value);
  } else {
    return exchange->reply(status_reply(wrong_method(request, "POST"), 405));
  }
  auto checked = check_request(std::move(asked));
  if (!checked.ok()) return exchange->reply(error_reply(checked.error()));
  if (checked->command->kind == commands::Kind::job) return start_job(exchange, checked->request);
  if (const AnswerText known = parts_.answers.kept(*checked))
    return exchange->reply(json_reply(*known));
  later(exchange, [this, checked = std::move(*checked)] {
    const auto answer = parts_.answers.read(checked);
    return answer.ok() ? json_reply(**answer) : error_reply(answer.error());
  });
}

void Routes::start_job(const ExchangePtr& exchange, const commands::Request& request) {
  if (exchange->request().method != "POST") {
    return exchange->reply(status_reply(wrong_method(exchange->request(), "POST"), 405));
  }
  auto checked = check_request(request);
  const std::string name(checked->command->name);
  const auto job =
      parts_.jobs.start(name, [this, checked = std::move(*checked)](const Progress& progress) {
        return parts_.answers.change(checked, progress);
      });
  if (!job.ok()) return exchange->reply(status_reply(job.error(), 429));
  exchange->reply(json_reply("{\"job\":" + commands::job_json(*job) + "}", 202));
}

void Routes::batch(const ExchangePtr& exchange) {
  const HttpRequest& request = exchange->request();
  if (request.method != "POST") {
    return exchange->reply(status_reply(wrong_method(request, "POST"), 405));
  }
  auto entries = commands::parse_batch_json(request.body);
  if (!entries.ok()) return exchange->reply(error_reply(entries.error()));
  if (entries->size() > parts_.limits.batch_entries) {
    return exchange->reply(
        error_reply(too_large("batch_entries", parts_.limits.batch_entries, entries->size())));
  }
  if (entries->empty()) return exchange->reply(json_reply("[]"));
  auto reply = std::make_shared<BatchReply>(exchange, entries->size());
  for (std::size_t i = 0; i < entries->size(); ++i) {
    commands::BatchEntry& entry = (*entries)[i];
    auto checked = check_request({entry.command, std::move(entry.args), language_of(request)});
    if (!checked.ok()) {
      reply->put(i, checked.error());
    } else if (checked->command->kind != commands::Kind::read) {
      reply->put(i, wrong_method(request, "POST " + commands::route_of(*checked->command)));
    } else if (AnswerText known = parts_.answers.kept(*checked)) {
      reply->put(i, std::move(known));
    } else if (!parts_.pool.submit([this, reply, i, checked = std::move(*checked)] {
                 const auto answer = parts_.answers.read(checked);
                 answer.ok() ? reply->put(i, *answer) : reply->put(i, answer.error());
               })) {
      reply->put(i, queue_full());
    }
  }
}

void Routes::job(const ExchangePtr& exchange) {
  const HttpRequest& request = exchange->request();
  if (request.path == "/api/jobs") {
    std::string body = "[";
    for (const auto& report : parts_.jobs.list()) {
      body += (body.size() > 1 ? "," : "") + commands::job_json(report);
    }
    return exchange->reply(json_reply(body + "]"));
  }
  const Tail tail = tail_of(request.path, "/api/jobs/");
  if (tail.rest == "events" && request.method == "GET") {
    const Status followed = parts_.jobs.follow(tail.id, exchange);
    if (followed.ok()) return;
    const bool full = followed.error().code == Code::limit_reached;
    return exchange->reply(full ? status_reply(followed.error(), 429)
                                : error_reply(followed.error()));
  }
  if (!tail.rest.empty() || (request.method != "GET" && request.method != "DELETE")) {
    return exchange->reply(status_reply(wrong_method(request, "GET or DELETE /api/jobs/ID"), 405));
  }
  const auto report =
      request.method == "DELETE" ? parts_.jobs.cancel(tail.id) : parts_.jobs.get(tail.id);
  exchange->reply(report.ok() ? json_reply(commands::job_json(*report))
                              : error_reply(report.error()));
}

void Routes::upload(const ExchangePtr& exchange) {
  later(exchange, [this, exchange] {
    const HttpRequest& request = exchange->request();
    const std::string id = request.path.substr(std::string_view("/api/uploads/").size());
    if (request.method == "DELETE") {
      const Status removed = parts_.uploads.remove(id);
      return removed.ok() ? json_reply("{}") : error_reply(removed.error());
    }
    if (request.method == "GET") {
      const auto there = parts_.uploads.get(id);
      return there.ok() ? json_reply(upload_json(*there)) : error_reply(there.error());
    }
    const std::string text = request.query_value("offset");
    std::uint64_t offset = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), offset);
    const bool right = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
    if (request.method != "PUT" || (!text.empty() && !right) || offset > (1ULL << 62U)) {
      return error_reply(wrong_method(request, "PUT /api/uploads/ID?offset=0"));
    }
    const auto put = parts_.uploads.put({id, offset, request.body});
    return put.ok() ? json_reply(upload_json(*put)) : error_reply(put.error());
  });
}

void Routes::download(const ExchangePtr& exchange) {
  later(exchange, [this, exchange]() -> HttpReply {
    const HttpRequest& request = exchange->request();
    const std::string id = request.path.substr(std::string_view("/api/downloads/").size());
    if (request.method == "POST") {
      const auto begun = parts_.downloads.begin(id);
      return begun.ok() ? json_reply(download_json(*begun)) : error_reply(begun.error());
    }
    if (request.method == "DELETE") {
      const Status removed = parts_.downloads.remove(id);
      return removed.ok() ? json_reply("{}") : error_reply(removed.error());
    }
    if (request.method != "GET") {
      return error_reply(wrong_method(request, "POST, GET or DELETE /api/downloads/ID"));
    }
    auto bytes = parts_.downloads.bytes(id);
    if (!bytes.ok()) return error_reply(bytes.error());
    return {200,
            "application/octet-stream",
            std::move(*bytes),
            {{"Content-Disposition", disposition_of(id)},
             {"X-Content-Type-Options", "nosniff"},
             {"Cache-Control", "no-store"}}};
  });
}

}  // namespace huitou::server
