#include "base/replace_all.h"
#include "commands/answer_json.h"
#include "commands/kept.h"
#include "commands/period.h"
#include "metrics/metrics.h"

namespace huitou::commands {

std::string_view embedded(std::string_view path);

Result<std::vector<Request>> first_screen(engine::Engine& engine) {
  TRY(const metrics::Freshness data, metrics::read_freshness(engine));
  if (!data.last_on) return std::vector<Request>{};
  TRY(const Period period, last_full_year(data));
  std::string text(embedded("first_screen.json"));
  replace_all(text, "{from}", format_date(period.from));
  replace_all(text, "{to}", format_date(period.to));
  TRY(const std::vector<BatchEntry> entries, parse_batch_json(text));
  std::vector<Request> requests;
  for (const BatchEntry& entry : entries) {
    for (const Language language : {Language::zh, Language::en}) {
      TRY(const Command* command, find(entry.command));
      requests.push_back({command->name, entry.args, language});
    }
  }
  return requests;
}

}  // namespace huitou::commands
