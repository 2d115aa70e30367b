#pragma once

// A server in the test's process that says what the test wants, and a clock that goes on only by
// waiting.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "connectors/connectors.h"

namespace huitou::connectors {

inline constexpr const char* kDate = "Date: Sun, 05 Jan 2025 04:00:00 GMT\r\n";

struct Answer {
  int status = 200;
  std::string body;
  std::string headers;  ///< whole lines
  bool cut = false;     ///< the connection ends before the body does
};

/// Answers one request after another with what `answer` says to its first line and headers.
class Server {
 public:
  explicit Server(std::function<Answer(const std::string&)> answer) : answer_(std::move(answer)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(listener_, any, size), 0);
    EXPECT_EQ(listen(listener_, 16), 0);
    EXPECT_EQ(getsockname(listener_, any, &size), 0);
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~Server() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  const std::string& url() const { return url_; }
  const std::vector<std::string>& requests() const { return requests_; }

 private:
  void serve() {
    for (int client = accept(listener_, nullptr, nullptr); client >= 0;
         client = accept(listener_, nullptr, nullptr)) {
      std::string head;
      char piece[4096];
      while (head.find("\r\n\r\n") == head.npos) {
        const ssize_t size = recv(client, piece, sizeof piece, 0);
        if (size <= 0) break;
        head.append(piece, static_cast<std::size_t>(size));
      }
      requests_.push_back(head.substr(0, head.find(" HTTP/")));
      const Answer answer = answer_(head);
      const std::size_t length = answer.body.size() + (answer.cut ? 100 : 0);
      const std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " X\r\n" +
                               answer.headers + "Content-Length: " + std::to_string(length) +
                               "\r\nConnection: close\r\n\r\n" + answer.body;
      for (std::size_t sent = 0; sent < text.size();) {
        const ssize_t size = send(client, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (size <= 0) break;
        sent += static_cast<std::size_t>(size);
      }
      close(client);
    }
  }

  std::function<Answer(const std::string&)> answer_;
  int listener_ = -1;
  std::string url_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

/// A clock that goes on only by waiting.
struct FakeClock {
  double now = 0;
  std::vector<double> waits{};
  Outside outside() {
    return {.seconds = [this] { return now; },
            .wait =
                [this](double seconds) {
                  waits.push_back(seconds);
                  now += seconds;
                  return true;
                }};
  }
};

inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

struct Read {
  std::vector<std::vector<std::string>> rows{};
  std::string cursor{};
  Error error{};
  bool ok = true;
};

inline Read read_all(const Settings& settings, FakeClock& clock, std::string cursor = "") {
  Read read;
  auto reader = open(**find("http_json"), settings, clock.outside());
  if (!reader.ok()) return {.error = reader.error(), .ok = false};
  while (true) {
    Result<Page> page = (*reader)->next(cursor);
    if (!page.ok()) {
      read.error = page.error();
      read.ok = false;
      return read;
    }
    for (std::size_t row = 0; row < page->rows(); ++row) {
      read.rows.emplace_back();
      for (std::size_t i = 0; i < page->columns(); ++i)
        read.rows.back().emplace_back(page->at(row, i));
    }
    cursor = read.cursor = page->cursor;
    if (page->last) return read;
  }
}

inline Settings plain(const Server& server, const std::string& paging) {
  return {{"url", {server.url() + "/orders"}},
          {"rows", {"/list"}},
          {"columns", {"id"}},
          {"paging", {paging}}};
}

}  // namespace huitou::connectors
