// analyse <name>: one command for each analysis of the catalogue.

#include <deque>

#include "analyses/analyses.h"
#include "commands/list.h"
#include "commands/shop.h"
#include "hours/hours.h"
#include "identity/identity.h"
#include "segments/segments.h"

namespace huitou::commands {
namespace {

constexpr std::string_view kPrefix = "analyse ";

Result<Answer> analyse(const Call& call) {
  TRY(const analyses::Analysis* analysis, analyses::find(call.command.name.substr(kPrefix.size())));
  TRY(engine::IntegerList void_runs, identity::void_runs(*call.shop.store));
  TRY(const segments::Library library, segments::library(*call.shop.store));
  TRY(std::optional<hours::Hours> hours, hours::kept(*call.shop.store));
  return analyses::answer(*analysis, {.engine = *call.shop.engine,
                                      .values = call.args.values,
                                      .today = call.today,
                                      .currency = call.shop.settings.currency,
                                      .limits = call.shop.settings.limits,
                                      .week_start = call.shop.settings.week_start,
                                      .void_runs = std::move(void_runs),
                                      .library = &library,
                                      .time_zone = call.shop.settings.time_zone,
                                      .stages = library.limits,
                                      .hours = std::move(hours)});
}

/// Names and examples that live as long as the program.
struct Made {
  std::string name;
  std::string example;
  Command command;
};

std::deque<Made> make_commands() {
  std::deque<Made> made;
  for (const analyses::Analysis* analysis : analyses::all()) {
    Made& one = made.emplace_back();
    one.name = std::string(kPrefix) + std::string(analysis->card.name);
    one.example = "huitou " + one.name;
    one.command.name = one.name;
    one.command.title = analysis->card.title;
    one.command.doc = analysis->card.question;
    one.command.view = analysis->card.view;
    const auto common = analyses::common_params();
    one.command.params.assign(common.begin(), common.end());
    one.command.params.insert(one.command.params.end(), analysis->params.begin(),
                              analysis->params.end());
    one.command.columns = analysis->columns;
    one.command.examples = {one.example};
    one.command.run = analyse;
  }
  return made;
}

}  // namespace

std::vector<const Command*> analyse_commands() {
  static const std::deque<Made> made = make_commands();
  std::vector<const Command*> commands;
  for (const Made& one : made) commands.push_back(&one.command);
  return commands;
}

}  // namespace huitou::commands
