#include "engine/chdb_api.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <bit>
#include <cstdio>
#include <string>

namespace huitou::engine {
namespace {

Error cannot_load(const char* reason) {
  const std::string why = reason == nullptr ? "unknown reason" : reason;
  return Error{Code::unavailable, "The analytical engine libchdb.so cannot be loaded: " + why,
               "Run ./run.sh once: it installs the library beside the program.",
               "无法加载分析引擎 libchdb.so：" + why,
               "请运行一次 ./run.sh，它会把该库安装到程序旁。"};
}

/// Ends the process here. The library's threads go on while its static objects are destroyed, and
/// now and then one of them falls over what is gone: a crash after all work was done. What came
/// after the library, our engines among it, has been destroyed when this is called.
void end_before_the_library(int status, void* /*unused*/) {
  std::fflush(nullptr);
  _exit(status);
}

class Library {
 public:
  explicit Library(void* handle) : handle_(handle) {}

  template <typename Function>
  void find(const char* name, Function*& function) {
    function = reinterpret_cast<Function*>(dlsym(handle_, name));
    if (function == nullptr && missing_.empty()) {
      missing_ = std::string("it has no function ") + name;
    }
  }
  const std::string& missing() const { return missing_; }

 private:
  void* handle_;
  std::string missing_;
};

}  // namespace

Result<ChdbApi> load_chdb() {
  void* handle = dlopen("libchdb.so", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    return cannot_load(dlerror());
  }
  static const bool ends_first = on_exit(end_before_the_library, nullptr) == 0;
  CHECK(ends_first);
  Library library(handle);
  ChdbApi api{};
  library.find("chdb_set_signal_handlers_enabled", api.set_signal_handlers_enabled);
  library.find("chdb_connect", api.connect);
  library.find("chdb_close_conn", api.close);
  library.find("chdb_query_n", api.query);
  library.find("chdb_stream_query_n", api.stream);
  library.find("chdb_stream_fetch_result", api.fetch);
  library.find("chdb_stream_cancel_query", api.cancel_stream);
  library.find("chdb_result_buffer", api.result_bytes);
  library.find("chdb_result_length", api.result_size);
  library.find("chdb_result_error", api.result_error);
  library.find("chdb_destroy_query_result", api.destroy_result);
  library.find("chdb_stream_insert_n", api.insert);
  library.find("chdb_stream_append", api.append);
  library.find("chdb_stream_done", api.finish_insert);
  library.find("chdb_stream_insert_error", api.insert_error);
  library.find("chdb_destroy_insert_stream", api.destroy_insert);
  if (!library.missing().empty()) {
    return cannot_load(library.missing().c_str());
  }
  api.set_signal_handlers_enabled(0);
  return api;
}

void end_process_before_library() { on_exit(end_before_the_library, nullptr); }

void note_use_of_library() {
  constexpr std::uint64_t kEvery = 256;
  static std::atomic<std::uint64_t> uses{0};
  const std::uint64_t use = ++uses;
  if (std::has_single_bit(use) || use % kEvery == 0) end_process_before_library();
}

}  // namespace huitou::engine
