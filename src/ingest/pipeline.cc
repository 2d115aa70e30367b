// Each worker takes the next chunk of bytes (under a lock: reading and unpacking is serial), cuts
// and converts it, and puts it at its place in a ring. The caller takes from the ring in order. A
// worker whose place is still taken waits, so a slow caller bounds what is in memory.

#include "ingest/pipeline.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace huitou::ingest {
namespace {

class Pipeline {
 public:
  Pipeline(TableReader reader, std::size_t waiting) : reader_(std::move(reader)), ring_(waiting) {}
  ~Pipeline() {
    stop();
    for (std::thread& worker : workers_) {
      worker.join();
    }
  }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  void start(std::vector<Converter> converters) {
    running_ = converters.size();
    for (Converter& converter : converters) {
      workers_.emplace_back(
          [this, mine = std::make_shared<Converter>(std::move(converter))] { work(*mine); });
    }
  }

  /// The next block in order; null at the end.
  Result<std::unique_ptr<PipelineBlock>> next() {
    std::unique_lock lock(mutex_);
    std::unique_ptr<PipelineBlock>& place = ring_[taken_ % ring_.size()];
    filled_.wait(lock, [&] { return place != nullptr || error_ || bug_ || running_ == 0; });
    if (bug_) {
      std::rethrow_exception(bug_);
    }
    if (place == nullptr && error_) {
      return *error_;
    }
    std::unique_ptr<PipelineBlock> block = std::move(place);
    ++taken_;
    freed_.notify_all();
    return block;
  }

 private:
  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    freed_.notify_all();
  }

  void work(Converter& converter) {
    try {
      while (one(converter)) {
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      bug_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    --running_;
    filled_.notify_all();
  }

  /// Reads, converts and hands over one block; false at the end.
  bool one(Converter& converter) {
    Chunk chunk;
    std::size_t number = 0;
    {
      const std::lock_guard reading(read_mutex_);
      const Result<bool> more = reader_.next_chunk(chunk);
      if (!more.ok() || !more.value()) {
        const std::lock_guard lock(mutex_);
        if (!more.ok() && !error_) {
          error_ = more.error();
        }
        return false;
      }
      number = read_++;
    }
    auto block = std::make_unique<PipelineBlock>();
    parse_chunk(reader_.info(), chunk, block->raw);
    converter.convert(block->raw, block->converted);
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return stopped_ || number < taken_ + ring_.size(); });
    if (stopped_) {
      return false;
    }
    ring_[number % ring_.size()] = std::move(block);
    filled_.notify_all();
    return true;
  }

  TableReader reader_;
  std::mutex read_mutex_;
  std::size_t read_ = 0;

  std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<PipelineBlock>> ring_;
  std::size_t taken_ = 0;
  std::size_t running_ = 0;
  bool stopped_ = false;
  std::optional<Error> error_;
  std::exception_ptr bug_;
  std::vector<std::thread> workers_;
};

}  // namespace

Status run_pipeline(const FileInfo& info, const Mapping& mapping, const ConvertOptions& convert,
                    const PipelineOptions& options, const Progress& progress,
                    const std::function<Status(PipelineBlock&)>& take) {
  TRY(TableReader reader, TableReader::open(info));
  const int threads = fills_down(mapping, info) ? 1 : options.threads;
  std::vector<Converter> converters;
  for (int i = 0; i < threads; ++i) {
    TRY(Converter converter, Converter::open(mapping, info, convert));
    converters.push_back(std::move(converter));
  }
  Pipeline pipeline(std::move(reader), options.waiting);
  pipeline.start(std::move(converters));
  while (true) {
    if (progress.cancelled()) {
      return Error{Code::conflict, "Loading " + info.path + " was cancelled.",
                   "Nothing was changed.", "已取消加载 " + info.path + "。", "数据没有任何变化。"};
    }
    TRY(const std::unique_ptr<PipelineBlock> block, pipeline.next());
    if (block == nullptr) {
      return {};
    }
    TRY(take(*block));
    progress.report({.stage = {"reading", "读取"},
                     .done = block->raw.consumed(),
                     .total = info.file_bytes,
                     .unit = {"bytes", "字节"}});
  }
}

}  // namespace huitou::ingest
