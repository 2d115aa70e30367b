#include "connectors/connectors.h"

#include <chrono>
#include <thread>

namespace huitou::connectors {
namespace {

/// Takes every secret out of `text`.
void hide(std::string& text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    for (std::size_t at = text.find(secret); at != text.npos; at = text.find(secret, at + 3)) {
      text.replace(at, secret.size(), "***");
    }
  }
}

Error without(const std::vector<std::string>& secrets, Error error) {
  hide(error.message, secrets);
  hide(error.hint, secrets);
  hide(error.message_zh, secrets);
  hide(error.hint_zh, secrets);
  return error;
}

/// A reader whose errors carry no secrets, whatever the libraries beneath have to say.
class DiscreetReader final : public Reader {
 public:
  DiscreetReader(std::unique_ptr<Reader> reader, std::vector<std::string> secrets)
      : reader_(std::move(reader)), secrets_(std::move(secrets)) {}

  const std::vector<SourceColumn>& columns() const override { return reader_->columns(); }

  Result<Page> next(std::string_view cursor) override {
    Result<Page> page = reader_->next(cursor);
    if (!page.ok()) return without(secrets_, std::move(page).error());
    return page;
  }

 private:
  std::unique_ptr<Reader> reader_;
  std::vector<std::string> secrets_;
};

bool wait_for(double seconds, const std::atomic<bool>* cancelled) {
  constexpr auto kLook = std::chrono::milliseconds(50);
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (cancelled == nullptr || !cancelled->load(std::memory_order_relaxed)) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= end) return true;
    std::this_thread::sleep_until(std::min<std::chrono::steady_clock::time_point>(
        std::chrono::time_point_cast<std::chrono::steady_clock::duration>(end), now + kLook));
  }
  return false;
}

}  // namespace

Outside machine(const std::atomic<bool>* cancelled) {
  return {.seconds =
              [] {
                const auto since = std::chrono::steady_clock::now().time_since_epoch();
                return std::chrono::duration<double>(since).count();
              },
          .wait = [cancelled](double seconds) { return wait_for(seconds, cancelled); }};
}

Result<const Connector*> find(std::string_view name) {
  std::string names;
  for (const Connector* connector : all()) {
    if (connector->card.name == name) return connector;
    names.append(names.empty() ? "" : ", ").append(connector->card.name);
  }
  return Error{Code::not_found, "There is no kind of source '" + std::string(name) + "'.",
               "There are: " + names + ".", "没有“" + std::string(name) + "”这种数据源。",
               "可用：" + names + "。"};
}

Result<std::unique_ptr<Reader>> open(const Connector& connector, const Settings& settings,
                                     const Outside& outside) {
  std::vector<std::string> secrets;
  for (const std::string_view name : connector.secrets) {
    const auto at = settings.find(name);
    if (at == settings.end()) continue;
    for (const std::string& value : at->second) {
      if (!value.empty()) secrets.push_back(value);
    }
  }
  if (Status checked = check(connector, settings); !checked.ok()) {
    return without(secrets, std::move(checked).error());
  }
  Result<std::unique_ptr<Reader>> reader = connector.open(settings, outside);
  if (!reader.ok()) return without(secrets, std::move(reader).error());
  return std::unique_ptr<Reader>(
      std::make_unique<DiscreetReader>(std::move(reader).value(), std::move(secrets)));
}

}  // namespace huitou::connectors
