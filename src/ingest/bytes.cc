#include "ingest/bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "ingest/encoding.h"

namespace huitou::ingest {
namespace {

constexpr std::size_t kPackedBytes = 256 << 10;
constexpr std::size_t kUnitBytes = 256 << 10;

Error cannot_open(const std::string& path, int number) {
  const std::string name = file_name(path);
  if (number == ENOENT || number == ENOTDIR) {
    return {Code::not_found, fmt::format("There is no file {}", path),
            "Check the name and the folder", fmt::format("找不到文件 {}", path),
            "请检查文件名和所在文件夹"};
  }
  if (number == EACCES || number == EPERM) {
    return {Code::denied, fmt::format("{} may not be read by this program", name),
            "Give it read permission", fmt::format("没有读取 {} 的权限", name), "请授予读取权限"};
  }
  return {Code::unavailable, fmt::format("{} cannot be read: {}", name, std::strerror(number)),
          "Try again", fmt::format("无法读取 {}：{}", name, std::strerror(number)), "请重试"};
}

Error bomb(const std::string& path, std::uint64_t unpacked) {
  const std::string name = file_name(path);
  return {Code::limit_reached,
          fmt::format("{} unpacks to more than {} MiB, over {} times its size (kMaxGzipRatio)",
                      name, unpacked >> 20, kMaxGzipRatio),
          "Unpack it and look at it",
          fmt::format("{} 解压后超过 {} MiB，大于原文件的 {} 倍（kMaxGzipRatio）", name,
                      unpacked >> 20, kMaxGzipRatio),
          "请先解压并检查内容"};
}

Error broken_gzip(const std::string& path, bool cut) {
  const std::string name = file_name(path);
  if (cut) {
    return {Code::invalid_input,
            fmt::format("{} is cut off: its gzip data stops in the middle", name),
            "Copy or download the file again", fmt::format("{} 不完整：gzip 数据中途结束", name),
            "请重新复制或下载该文件"};
  }
  return {Code::invalid_input, fmt::format("{} is damaged: its gzip data cannot be unpacked", name),
          "Copy or download the file again", fmt::format("{} 已损坏：gzip 数据无法解压", name),
          "请重新复制或下载该文件"};
}

}  // namespace

// One gzip file may hold several members one after another, as `cat a.gz b.gz` makes them.
struct ByteSource::Inflater {
  z_stream stream{};
  std::array<unsigned char, kPackedBytes> input{};
  bool in_member = false;
  bool ended = false;

  Inflater() { CHECK(inflateInit2(&stream, 15 + 16) == Z_OK); }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
};

std::string file_name(const std::string& path) {
  const auto slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

ByteSource::ByteSource(std::string path) : path_(std::move(path)) {}

ByteSource::~ByteSource() {
  if (file_ >= 0) {
    ::close(file_);
  }
}

Result<std::unique_ptr<ByteSource>> ByteSource::open(const std::string& path) {
  std::unique_ptr<ByteSource> source(new ByteSource(path));
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) {
    return cannot_open(path, errno);
  }
  const std::string name = file_name(path);
  if (!S_ISREG(about.st_mode)) {
    const bool folder = S_ISDIR(about.st_mode);
    return Error{
        Code::invalid_input,
        fmt::format("{} is {}, not a file", name, folder ? "a folder" : "a device or pipe"),
        "Name one file of orders",
        fmt::format("{} 是{}，不是文件", name, folder ? "文件夹" : "设备或管道"),
        "请指定一个订单文件"};
  }
  if (about.st_size == 0) {
    return Error{Code::invalid_input, fmt::format("{} is empty", name), "Export it again",
                 fmt::format("{} 是空文件", name), "请重新导出"};
  }
  source->file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (source->file_ < 0) {
    return cannot_open(path, errno);
  }
  ::posix_fadvise(source->file_, 0, 0, POSIX_FADV_SEQUENTIAL);
  source->file_bytes_ = static_cast<std::uint64_t>(about.st_size);
  std::array<unsigned char, 2> head{};
  if (::pread(source->file_, head.data(), head.size(), 0) == 2 && head[0] == 0x1f &&
      head[1] == 0x8b) {
    source->packed_ = true;
    source->inflater_ = std::make_unique<Inflater>();
  }
  return source;
}

std::uint64_t ByteSource::consumed() const {
  return packed_ ? consumed_ - inflater_->stream.avail_in : consumed_;
}

void ByteSource::decode_utf16(Encoding encoding) {
  utf16_ = true;
  big_endian_ = encoding == Encoding::utf16be;
}

Result<std::size_t> ByteSource::read_file(char* to, std::size_t size) {
  std::size_t got = 0;
  while (got < size) {
    const ssize_t bytes = ::read(file_, to + got, size - got);
    if (bytes < 0 && errno == EINTR) {
      continue;
    }
    if (bytes < 0) {
      return cannot_open(path_, errno);
    }
    if (bytes == 0) {
      break;
    }
    got += static_cast<std::size_t>(bytes);
  }
  consumed_ += got;
  return got;
}

Result<std::size_t> ByteSource::read_unpacked(char* to, std::size_t size) {
  if (!packed_) {
    return read_file(to, size);
  }
  Inflater& in = *inflater_;
  z_stream& stream = in.stream;
  std::size_t got = 0;
  while (got < size && !in.ended) {
    if (stream.avail_in == 0) {
      TRY(const std::size_t bytes,
          read_file(reinterpret_cast<char*>(in.input.data()), in.input.size()));
      if (bytes == 0) {
        if (in.in_member) {
          return broken_gzip(path_, true);
        }
        in.ended = true;
        break;
      }
      stream.next_in = in.input.data();
      stream.avail_in = static_cast<uInt>(bytes);
    }
    if (!in.in_member && consumed_ > in.input.size() && *stream.next_in != 0x1f) {
      in.ended = true;  // padding behind the last member
      break;
    }
    in.in_member = true;
    stream.next_out = reinterpret_cast<Bytef*>(to + got);
    stream.avail_out = static_cast<uInt>(std::min<std::size_t>(size - got, 1U << 30));
    const uInt room = stream.avail_out;
    const int state = inflate(&stream, Z_NO_FLUSH);
    got += room - stream.avail_out;
    if (state == Z_STREAM_END) {
      in.in_member = false;
      inflateReset(&stream);
      in.ended = stream.avail_in > 0 && *stream.next_in != 0x1f;
    } else if (state != Z_OK && state != Z_BUF_ERROR) {
      return broken_gzip(path_, false);
    }
  }
  unpacked_ += got;
  if (unpacked_ > kFreeGzipBytes && unpacked_ > kMaxGzipRatio * file_bytes_) {
    return bomb(path_, unpacked_);
  }
  return got;
}

Status ByteSource::fill_decoded() {
  decoded_.clear();
  given_ = 0;
  const std::size_t left = units_.size();
  units_.resize(left + kUnitBytes);
  TRY(const std::size_t got, read_unpacked(units_.data() + left, kUnitBytes));
  units_.resize(left + got);
  const std::size_t used = utf16_to_utf8(units_, big_endian_, got == 0, decoded_);
  units_.erase(0, used);
  return {};
}

Result<std::size_t> ByteSource::read(char* to, std::size_t size) {
  if (!utf16_) {
    return read_unpacked(to, size);
  }
  std::size_t got = 0;
  while (got < size) {
    if (given_ == decoded_.size()) {
      TRY(fill_decoded());
      if (decoded_.empty()) {
        break;
      }
    }
    const std::size_t bytes = std::min(size - got, decoded_.size() - given_);
    std::memcpy(to + got, decoded_.data() + given_, bytes);
    given_ += bytes;
    got += bytes;
  }
  return got;
}

Status ByteSource::skip(std::uint64_t bytes) {
  std::array<char, 4096> discarded;
  while (bytes > 0) {
    TRY(const std::size_t got,
        read(discarded.data(), std::min<std::uint64_t>(bytes, discarded.size())));
    if (got == 0) {
      break;
    }
    bytes -= got;
  }
  return {};
}

}  // namespace huitou::ingest
