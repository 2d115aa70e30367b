#include "identity/changes.h"

#include "schema/schema.h"

namespace huitou::identity {
namespace {

constexpr std::size_t kBlockRows = 100'000;

std::int64_t signed_of(std::uint64_t value) { return static_cast<std::int64_t>(value); }

const std::vector<engine::TableColumn>& link_columns() {
  return schema::table("customer_links").columns;
}

Frame empty_block() {
  Frame frame;
  for (const engine::TableColumn& column : link_columns()) {
    frame.columns.push_back(make_column(column.name, column.type == "String" ? ColumnType::text
                                                     : column.type == "DateTime"
                                                         ? ColumnType::time
                                                         : ColumnType::integer));
  }
  return frame;
}

}  // namespace

Frame changes_frame() {
  Frame frame;
  for (const char* name : {"account_id", "customer_id", "was_customer_id", "with_account"}) {
    frame.columns.push_back(make_column(name, ColumnType::integer));
  }
  frame.columns.push_back(make_column("kind", ColumnType::text));
  frame.columns.push_back(make_column("key", ColumnType::text));
  return frame;
}

Changes::Changes(engine::Engine& engine, const Options& options, Resolved& out)
    : engine_(engine), options_(options), out_(out), block_(empty_block()) {
  out_.changes = changes_frame();
}

Status Changes::put(const Link& link, std::uint64_t was) {
  const std::uint64_t before = was == 0 ? link.account : was;
  if (link.customer != before) {
    ++(link.customer == link.account ? out_.parted : out_.joined);
  }
  show(link, before);
  if (options_.dry_run) {
    return {};
  }
  std::vector<Column>& to = block_.columns;
  to[0].push_integer(signed_of(link.account));
  to[1].push_integer(options_.run);
  to[2].push_integer(signed_of(link.customer));
  to[3].push_integer(signed_of(link.with));
  to[4].push_text(link.kind);
  to[5].push_text(link.key);
  to[6].push_integer(options_.now);
  return block_.rows() < kBlockRows ? Status() : flush();
}

void Changes::show(const Link& link, std::uint64_t before) {
  if (out_.changes.rows() >= kChangesShown || link.customer == before) {
    return;
  }
  std::vector<Column>& to = out_.changes.columns;
  to[0].push_integer(signed_of(link.account));
  to[1].push_integer(signed_of(link.customer));
  to[2].push_integer(signed_of(before));
  link.with == 0 ? to[3].push_null() : to[3].push_integer(signed_of(link.with));
  to[4].push_text(link.kind);
  to[5].push_text(link.key);
}

Status Changes::flush() {
  if (block_.rows() == 0) {
    return {};
  }
  if (inserter_ == nullptr) {
    TRY(inserter_, engine_.insert("customer_links", link_columns()));
  }
  TRY(inserter_->write(block_));
  block_ = empty_block();
  return {};
}

Status Changes::finish() {
  TRY(flush());
  return inserter_ == nullptr ? Status() : inserter_->finish();
}

}  // namespace huitou::identity
