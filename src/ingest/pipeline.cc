// Each worker fetches the next chunk (under a lock: reading and unpacking is serial), cuts it and
// works on it, and puts it at its place in a ring. The caller takes from the ring in order. A
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

/// Blocks that may wait for the caller: the bound of memory, about 10 MB a block.
constexpr std::size_t kWaiting = 6;

class Pipeline {
 public:
  Pipeline(RowReader& reader, std::size_t waiting) : reader_(reader), ring_(waiting) {}
  ~Pipeline() {
    stop();
    for (std::thread& worker : workers_) {
      worker.join();
    }
  }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  void start(const std::vector<BlockWork>& workers) {
    running_ = workers.size();
    for (const BlockWork& worker : workers) {
      workers_.emplace_back([this, &worker] { work(worker); });
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

  void work(const BlockWork& worker) {
    try {
      while (one(worker)) {
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      bug_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    --running_;
    filled_.notify_all();
  }

  /// Under the lock.
  void fail(const Error& error) {
    if (!error_) {
      error_ = error;
    }
  }

  /// Reads, works on and hands over one block; false at the end.
  bool one(const BlockWork& worker) {
    auto block = std::make_unique<PipelineBlock>();
    std::size_t number = 0;
    {
      const std::lock_guard reading(read_mutex_);
      const Result<bool> more = reader_.fetch(block->raw);
      if (!more.ok() || !more.value()) {
        const std::lock_guard lock(mutex_);
        if (!more.ok()) {
          fail(more.error());
        }
        return false;
      }
      number = read_++;
    }
    if (const Status cut = reader_.cut(block->raw); !cut.ok()) {
      const std::lock_guard lock(mutex_);
      fail(cut.error());
      return false;
    }
    worker(*block);
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return stopped_ || number < taken_ + ring_.size(); });
    if (stopped_) {
      return false;
    }
    ring_[number % ring_.size()] = std::move(block);
    filled_.notify_all();
    return true;
  }

  RowReader& reader_;
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

Result<std::vector<BlockWork>> converting_workers(const FileInfo& info, const Mapping& mapping,
                                                  const ConvertOptions& options, int threads) {
  std::vector<BlockWork> workers;
  for (int i = 0; i < (fills_down(mapping, info) ? 1 : threads); ++i) {
    TRY(Converter converter, Converter::open(mapping, info, options));
    workers.push_back([mine = std::make_shared<Converter>(std::move(converter))](
                          PipelineBlock& block) { mine->convert(block.raw, block.converted); });
  }
  return workers;
}

Status run_pipeline(RowReader& reader, const std::vector<BlockWork>& workers, const Words& stage,
                    const Progress& progress, const std::function<Status(PipelineBlock&)>& take) {
  const FileInfo& info = reader.info();
  Pipeline pipeline(reader, kWaiting);
  pipeline.start(workers);
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
    progress.report({.stage = stage,
                     .done = block->raw.consumed(),
                     .total = info.file_bytes,
                     .unit = {"bytes", "字节"}});
  }
}

}  // namespace huitou::ingest
