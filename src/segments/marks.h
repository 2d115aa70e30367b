#pragma once

// What people and files say of customers: tags, and the channels that they agreed to be written to
// over. Only added to, with who said it and when; a change counts once the store has noted it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"
#include "segments/person.h"
#include "store/store.h"

namespace huitou::segments {

enum class MarkKind { tag, consent };
std::string_view mark_kind_name(MarkKind kind);
/// Channels of consent.
inline constexpr std::string_view kChannels[] = {"email", "sms", "wecom"};

struct Mark {
  std::int64_t customer = 0;
  std::string name;
  bool given = true;
};

/// Who says it, how (hand, import) and from which file.
struct Said {
  MarkKind kind = MarkKind::tag;
  std::string by;
  std::string how;
  std::string file;
  std::int64_t now = 0;
};

struct Marked {
  std::int64_t change = 0;  ///< number of the change; 0 where everything was like that already
  std::int64_t given = 0;
  std::int64_t taken = 0;
  std::int64_t unchanged = 0;
};
/// Notes what is new; of a customer's several marks of a name the last counts. Errors:
/// invalid_input for a name that is none or a channel that is not in the list.
Result<Marked> mark(engine::Engine& engine, store::Store& store, const Said& said,
                    const std::vector<Mark>& marks);

/// A line of a person's history, newest first.
struct MarkLine {
  std::string name;
  bool given = false;
  std::int64_t at = 0;
  std::string by, how, file;
};
Result<std::vector<MarkLine>> marks_history(engine::Engine& engine, store::Store& store,
                                            MarkKind kind, const Person& person);
/// The newest line of each name: what holds of the person now.
std::vector<MarkLine> current_marks(const std::vector<MarkLine>& history);

/// name, yes, no: customers who have the tag (or agreed), and from whom it was taken (or who
/// refused).
Result<Frame> marks_counted(engine::Engine& engine, store::Store& store, MarkKind kind);

/// Saved segments that are shown as tags.
Result<std::vector<std::string>> rule_tags(store::Store& store);
/// Errors: not_found of the segment.
Status show_as_tag(store::Store& store, const std::string& name, bool shown);

}  // namespace huitou::segments
