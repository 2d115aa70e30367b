#pragma once

// The built web pages, read once and served from memory.

#include <map>
#include <string>

#include "server/http.h"

namespace huitou::server {

class Pages {
 public:
  /// Every file below `directory`; none if it is not there.
  explicit Pages(const std::string& directory);

  bool empty() const { return files_.empty(); }
  /// A path that names no file gets index.html (the pages have their own addresses), one that looks
  /// like a file is 404.
  HttpReply reply(const HttpRequest& request) const;

 private:
  struct File {
    std::string bytes;
    std::string gzip;  ///< empty: only plain
    std::string type;
    std::string tag;
  };
  std::map<std::string, File, std::less<>> files_;
};

/// What is shown to who has no token, in both languages.
HttpReply sign_in_page();
/// Headers of every page.
std::vector<std::pair<std::string, std::string>> page_headers();

}  // namespace huitou::server
