#include "collect/keys.h"

#include <sodium.h>

#include <array>

#include "collect/collect.h"

namespace huitou::collect {
namespace {

constexpr std::size_t kKeyBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kSourceBytes = 60;
constexpr std::size_t kShownDigits = 8;

template <std::size_t size>
std::string hex(const std::array<unsigned char, size>& bytes) {
  std::array<char, 2 * size + 1> text{};
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return text.data();
}

/// The name stands in lines of the inbox and in notes.
Status check_source(const std::string& source) {
  const bool plain =
      !source.empty() && source.size() <= kSourceBytes &&
      source.find_first_not_of(
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
  if (plain) return {};
  return Error{Code::invalid_input, "'" + source + "' is no name of a source of events.",
               "Use up to 60 letters, digits, - and _, such as web or mini_program.",
               "“" + source + "”不是有效的事件来源名称。",
               "请使用至多 60 个字母、数字、- 或 _，如 web、mini_program。"};
}

}  // namespace

std::string key_hash(std::string_view key) {
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(key.data()),
                     key.size(), nullptr, 0);
  return hex(hash);
}

Status ensure_keys(store::Store& store) {
  TRY(
      store.run("CREATE TABLE IF NOT EXISTS event_keys (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                "key_hash TEXT NOT NULL UNIQUE, source TEXT NOT NULL, beginning TEXT NOT NULL, "
                "added_at INTEGER NOT NULL)"));
  return {};
}

Result<std::shared_ptr<const KeyRing>> read_keys(store::Store& store) {
  TRY(const Frame keys, store.run("SELECT key_hash, source FROM event_keys LIMIT 100000"));
  auto ring = std::make_shared<KeyRing>();
  for (std::size_t row = 0; row < keys.rows(); ++row) {
    ring->emplace(keys.text("key_hash", row).value_or(""), keys.text("source", row).value_or(""));
  }
  return std::shared_ptr<const KeyRing>(std::move(ring));
}

Result<std::string> add_key(store::Store& store, const std::string& source, std::int64_t now) {
  TRY(check_source(source));
  TRY(ensure_keys(store));
  CHECK(sodium_init() >= 0);
  std::array<unsigned char, kKeyBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  const std::string key = "hk_" + hex(bytes);
  TRY(store.run(
      "INSERT INTO event_keys (key_hash, source, beginning, added_at) VALUES (?, ?, ?, ?)",
      {key_hash(key), source, key.substr(0, kShownDigits), now}));
  return key;
}

Result<Frame> list_keys(store::Store& store) {
  TRY(ensure_keys(store));
  TRY(Frame keys, store.run("SELECT id, source, beginning, added_at FROM event_keys ORDER BY id "
                            "LIMIT 10000"));
  keys.at("added_at").type = ColumnType::time;
  return keys;
}

Status remove_key(store::Store& store, std::int64_t id) {
  TRY(ensure_keys(store));
  return store.transaction([id](store::Store& inner) -> Status {
    TRY(const Frame found, inner.run("SELECT id FROM event_keys WHERE id = ?", {id}));
    if (found.rows() == 0) {
      return Error{Code::not_found, "There is no write key " + std::to_string(id) + ".",
                   "See `huitou events keys list`.",
                   "没有编号为 " + std::to_string(id) + " 的写入密钥。",
                   "请查看 `huitou events keys list`。"};
    }
    TRY(inner.run("DELETE FROM event_keys WHERE id = ?", {id}));
    return {};
  });
}

std::string key_of_authorization(std::string_view header) {
  constexpr std::string_view kBasic = "Basic ";
  if (!header.starts_with(kBasic)) return {};
  header.remove_prefix(kBasic.size());
  std::string plain(header.size(), '\0');
  std::size_t size = 0;
  const int read =
      sodium_base642bin(reinterpret_cast<unsigned char*>(plain.data()), plain.size(), header.data(),
                        header.size(), " ", &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (read != 0) return {};
  plain.resize(size);
  return plain.substr(0, plain.find(':'));
}

}  // namespace huitou::collect
