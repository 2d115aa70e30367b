#include "server/pages.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

namespace huitou::server {
namespace {

namespace fs = std::filesystem;

struct Type {
  std::string_view ending;
  std::string_view type;
};

constexpr std::array<Type, 14> kTypes{{{".html", "text/html; charset=utf-8"},
                                       {".js", "text/javascript; charset=utf-8"},
                                       {".mjs", "text/javascript; charset=utf-8"},
                                       {".css", "text/css; charset=utf-8"},
                                       {".json", "application/json; charset=utf-8"},
                                       {".map", "application/json; charset=utf-8"},
                                       {".svg", "image/svg+xml"},
                                       {".png", "image/png"},
                                       {".jpg", "image/jpeg"},
                                       {".ico", "image/x-icon"},
                                       {".webp", "image/webp"},
                                       {".woff2", "font/woff2"},
                                       {".txt", "text/plain; charset=utf-8"},
                                       {".webmanifest", "application/manifest+json"}}};

std::string type_of(const std::string& ending) {
  for (const Type& type : kTypes) {
    if (type.ending == ending) return std::string(type.type);
  }
  return "application/octet-stream";
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace

std::vector<std::pair<std::string, std::string>> page_headers() {
  // The components put their styles into the page while it runs: style-src needs 'unsafe-inline'.
  return {{"Content-Security-Policy",
           "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
           "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
           "form-action 'self'"},
          {"X-Frame-Options", "DENY"}};
}

Pages::Pages(const std::string& directory) {
  std::error_code error;
  for (fs::recursive_directory_iterator at(directory, error), end; !error && at != end;
       at.increment(error)) {
    if (!at->is_regular_file() || at->path().extension() == ".gz") continue;
    const std::string name = "/" + fs::relative(at->path(), directory).generic_string();
    File file;
    file.bytes = bytes_of(at->path());
    file.gzip =
        fs::exists(at->path().string() + ".gz") ? bytes_of(at->path().string() + ".gz") : "";
    file.type = type_of(at->path().extension().string());
    file.tag =
        fmt::format("\"{:x}-{:x}\"", std::hash<std::string>{}(file.bytes), file.bytes.size());
    files_.emplace(name, std::move(file));
  }
}

HttpReply Pages::reply(const HttpRequest& request) const {
  auto found = files_.find(request.path);
  const std::size_t last = request.path.rfind('/');
  const bool is_file = request.path.find('.', last) != std::string::npos;
  if (found == files_.end() && !is_file) found = files_.find("/index.html");
  if (found == files_.end()) {
    return {404, "text/plain; charset=utf-8", "There is no such page. 没有这个页面。\n"};
  }
  const File& file = found->second;
  HttpReply reply{200, file.type, "", page_headers()};
  // Built files below assets/ have a hash in their name: they never change.
  const bool fixed = found->first.starts_with("/assets/");
  reply.headers.emplace_back("Cache-Control",
                             fixed ? "public, max-age=31536000, immutable" : "no-cache");
  reply.headers.emplace_back("ETag", file.tag);
  reply.headers.emplace_back("Vary", "Accept-Encoding");
  if (request.if_none_match == file.tag) {
    reply.status = 304;
  } else if (!file.gzip.empty() && request.accept_encoding.find("gzip") != std::string::npos) {
    reply.headers.emplace_back("Content-Encoding", "gzip");
    reply.body = file.gzip;
  } else {
    reply.body = file.bytes;
  }
  return reply;
}

HttpReply sign_in_page() {
  return {401, "text/html; charset=utf-8",
          "<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\"><title>回头 Huitou</title>"
          "<body><h1>回头 Huitou</h1>"
          "<p lang=\"zh\">请打开 <code>huitou serve</code> 打印的地址，其中含有令牌。</p>"
          "<p lang=\"en\">Open the address that <code>huitou serve</code> printed; it holds the "
          "token.</p></body></html>\n",
          page_headers()};
}

}  // namespace huitou::server
