#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>

#include "engine/engine.h"
#include "engine/parquet_pipe.h"

namespace huitou::engine {
namespace {

/// More than this in one frame is no answer of ours.
constexpr std::uint64_t kMostFrameBytes = 1ULL << 30;

Error broken(const std::string& why_en, const std::string& why_zh) {
  return {Code::engine_failed, why_en, "Write the file again, or export it as CSV.", why_zh,
          "请重新生成该文件，或导出为 CSV。"};
}

Error no_program(const std::string& program, int error) {
  return {Code::unavailable,
          fmt::format("The program {} that reads Parquet cannot be started: {}", program,
                      std::strerror(error)),
          "It is built together with huitou and lies beside it.",
          fmt::format("无法启动读取 Parquet 的程序 {}：{}", program, std::strerror(error)),
          "它与 huitou 一同构建，位于同一目录。"};
}

std::string beside_us() {
  std::error_code failed;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failed);
  return (self.parent_path() / "huitou_parquet").string();
}

/// A running program whose standard output we read.
class Child {
 public:
  Child() = default;
  ~Child() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    if (pipe_ >= 0) {
      close(pipe_);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  Status start(const std::string& program, const std::string& path) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
      return no_program(program, errno);
    }
    pipe_ = ends[0];
    fcntl(pipe_, F_SETPIPE_SZ, 1 << 20);  // fewer turns; what is refused stays as it was
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string name = "huitou_parquet";
    std::string file = path;
    std::array<char*, 3> arguments{name.data(), file.data(), nullptr};
    const int failed =
        posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (failed != 0) {
      pid_ = -1;
      return no_program(program, failed);
    }
    return {};
  }

  /// Exactly so many bytes. Errors: engine_failed where the program has ended; limit_reached where
  /// it says nothing for so long.
  Status read(char* to, std::size_t size, double patience_seconds) {
    while (size > 0) {
      pollfd waiting{.fd = pipe_, .events = POLLIN, .revents = 0};
      const int ready = poll(&waiting, 1, static_cast<int>(patience_seconds * 1000));
      if (ready == 0) {
        return silent(patience_seconds);
      }
      const ssize_t got = ready < 0 ? -1 : ::read(pipe_, to, size);
      if (got == 0 || (got < 0 && errno != EINTR)) {
        return ended();
      }
      const auto taken = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
      to += taken;
      size -= taken;
    }
    return {};
  }

 private:
  static Error silent(double seconds) {
    return {Code::limit_reached,
            fmt::format("Its reader made no progress for {:g} s (patience_seconds)", seconds),
            "The file is damaged in a way that does not end: write it again, or export it as CSV.",
            fmt::format("读取程序在 {:g} 秒内没有进展（patience_seconds）", seconds),
            "文件损坏导致读取无法结束：请重新生成，或导出为 CSV。"};
  }
  static Error ended() {
    return broken("its reader broke down over it: the file is damaged or changed while it was read",
                  "读取程序因该文件异常退出：文件已损坏，或在读取过程中被修改");
  }

  pid_t pid_ = -1;
  int pipe_ = -1;
};

class ChildRows : public ParquetRows {
 public:
  explicit ChildRows(double patience) : patience_(patience) {}

  Status start(const ParquetOptions& options) {
    TRY(child_.start(options.program.empty() ? beside_us() : options.program, options.path));
    std::string bytes;
    TRY(expect(PipeFrame::columns, bytes));
    Frame frame;
    TRY(read_native(bytes, frame));
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      columns_.push_back({frame.text("name", row).value_or(""),
                          frame.text("type", row).value_or(""),
                          frame.integer("nested", row).value_or(0) != 0,
                          static_cast<ParquetForm>(frame.integer("form", row).value_or(0)),
                          static_cast<int>(frame.integer("scale", row).value_or(0))});
    }
    TRY(expect(PipeFrame::count, bytes));
    CHECK(bytes.size() == sizeof(rows_));
    std::memcpy(&rows_, bytes.data(), sizeof(rows_));
    return {};
  }

  const std::vector<ParquetColumn>& columns() const override { return columns_; }
  std::uint64_t rows() const override { return rows_; }
  std::uint64_t given() const override { return given_; }

  Result<bool> next(const std::function<char*(std::size_t)>& room) override {
    if (ended_) {
      return false;
    }
    TRY(const PipeHead frame, head());
    if (frame.kind == PipeFrame::end) {
      ended_ = true;
      if (given_ != rows_) {
        return broken(fmt::format("it says that it has {} rows and has {}", rows_, given_),
                      fmt::format("文件声明有 {} 行，实际有 {} 行", rows_, given_));
      }
      return false;
    }
    CHECK(frame.kind == PipeFrame::rows && frame.size >= sizeof(given_));
    char* const to = room(frame.size);
    TRY(child_.read(to, frame.size, patience_));
    // The number of the last row is the last value of the last column.
    std::memcpy(&given_, to + frame.size - sizeof(given_), sizeof(given_));
    return true;
  }

 private:
  /// The head of the next frame that is no error.
  Result<PipeHead> head() {
    std::array<char, kPipeHeadBytes> bytes{};
    TRY(child_.read(bytes.data(), bytes.size(), patience_));
    PipeHead head{static_cast<PipeFrame>(bytes[0]), 0};
    std::memcpy(&head.size, bytes.data() + 1, sizeof(head.size));
    if (head.size > kMostFrameBytes) {
      return Error{
          Code::limit_reached,
          fmt::format("its rows are larger than {} MiB (kMostFrameBytes)", kMostFrameBytes >> 20),
          "Leave the large columns out.",
          fmt::format("其中的行超过 {} MiB（kMostFrameBytes）", kMostFrameBytes >> 20),
          "请去掉过大的列。"};
    }
    if (head.kind != PipeFrame::limit && head.kind != PipeFrame::failed) {
      return head;
    }
    std::string said(head.size, '\0');
    TRY(child_.read(said.data(), said.size(), patience_));
    if (head.kind == PipeFrame::limit) {
      return Error{Code::limit_reached, said, "Export it in parts.", said, "请分批导出。"};
    }
    return broken(said, said);
  }

  Status expect(PipeFrame wanted, std::string& bytes) {
    TRY(const PipeHead frame, head());
    CHECK(frame.kind == wanted);
    bytes.resize(frame.size);
    return child_.read(bytes.data(), bytes.size(), patience_);
  }

  Child child_;
  double patience_;
  std::vector<ParquetColumn> columns_;
  std::uint64_t rows_ = 0;
  std::uint64_t given_ = 0;
  bool ended_ = false;
};

}  // namespace

Result<std::unique_ptr<ParquetRows>> open_parquet(const ParquetOptions& options) {
  auto rows = std::make_unique<ChildRows>(options.patience_seconds);
  TRY(rows->start(options));
  return std::unique_ptr<ParquetRows>(std::move(rows));
}

}  // namespace huitou::engine
