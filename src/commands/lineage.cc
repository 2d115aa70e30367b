// lineage metric, analysis, profile, column: where a figure comes from, what breaks if a column
// goes. goes.

#include "lineage/lineage.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "commands/lineage.h"
#include "commands/list.h"
#include "commands/recorded.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "ingest/ingest.h"
#include "metrics/metrics.h"
#include "profile/profile.h"
#include "sync/sync.h"

namespace huitou::commands {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// How loads name the rows of a source that are of no file.
constexpr std::string_view kOfSource = "source:";

/// The mapping that the source's next load would obey; empty if the source is forgotten.
std::string mapping_of_source(const Call& call, const std::string& name) {
  const auto source = sync::source(*call.shop.store, name);
  return source.ok() ? source->mapping : "";
}

/// The files and sources that are loaded, each with the mapping that its next load would obey.
Result<std::vector<lineage::MappedFile>> mapped_files(const Call& call) {
  TRY(const Frame loads, ingest::loads(*call.shop.store));
  std::vector<lineage::MappedFile> files;
  std::set<std::string> seen;
  for (std::size_t row = 0; row < loads.rows(); ++row) {
    const std::string path = loads.text("file", row).value_or("");
    if (!seen.insert(path).second) continue;
    if (path.starts_with(kOfSource)) {
      const std::string source = path.substr(kOfSource.size());
      const std::string obeyed = mapping_of_source(call, source);
      if (!obeyed.empty()) files.push_back({source, obeyed});
      continue;
    }
    const std::string name = fs::path(path).filename().string();
    std::string mapping = text_of(path + ".mapping.yaml");
    if (mapping.empty()) {
      mapping = text_of(fs::path(call.shop.home) / "mappings" / (name + ".mapping.yaml"));
    }
    if (!mapping.empty()) files.push_back({name, mapping});
  }
  return files;
}

Answer edges_answer(const lineage::Edges& edges) {
  Answer answer;
  answer.view = View::flow;
  answer.frame.columns = {
      make_column("from", ColumnType::text), make_column("to", ColumnType::text),
      make_column("edges", ColumnType::integer), make_column("from_kind", ColumnType::text),
      make_column("to_kind", ColumnType::text)};
  for (const lineage::Edge& edge : edges) {
    answer.frame.at("from").push_text(edge.from.name);
    answer.frame.at("to").push_text(edge.to.name);
    answer.frame.at("edges").push_integer(1);
    answer.frame.at("from_kind").push_text(edge.from.kind);
    answer.frame.at("to_kind").push_text(edge.to.kind);
  }
  answer.columns = columns_of(lineage_metric_command.columns);
  return answer;
}

Result<Answer> of_metric(const Call& call) {
  TRY(const metrics::Metric* metric, metrics::find(call.args.text("metric")));
  TRY(const std::vector<lineage::MappedFile> files, mapped_files(call));
  TRY(const lineage::Edges edges, lineage::of_metric(*metric, files));
  return edges_answer(edges);
}

Result<Answer> of_analysis(const Call& call) {
  TRY(const analyses::Analysis* analysis, analyses::find(call.args.text("analysis")));
  TRY(std::vector<std::string> queries, recorded_queries(call, *analysis));
  const std::string name(analysis->card.name);
  if (queries.empty()) {
    return Error{Code::not_enough_data,
                 "The lineage of '" + name +
                     "' is read from the queries that answer it, and there "
                     "is not enough data for an answer.",
                 "Load orders first; `analyse " + name + "` says what it lacks.",
                 "“" + name + "”的血缘取自其查询，而目前数据不足以给出答案。",
                 "请先加载订单；`analyse " + name + "` 会说明缺少什么。"};
  }
  TRY(const std::vector<lineage::MappedFile> files, mapped_files(call));
  return edges_answer(lineage::of_asked({{"analysis", name}, std::move(queries)}, files));
}

Result<lineage::Asked> asked_feature(const Call& call, const profile::Feature& feature) {
  TRY(std::string query, profile::query_of(*call.shop.engine, feature));
  return lineage::Asked{{"profile", feature.column}, {std::move(query)}};
}

Result<Answer> of_profile(const Call& call) {
  const std::string name = call.args.text("profile");
  for (const profile::Feature& feature : profile::features()) {
    if (feature.column != name) continue;
    TRY(const lineage::Asked asked, asked_feature(call, feature));
    TRY(const std::vector<lineage::MappedFile> files, mapped_files(call));
    return edges_answer(lineage::of_asked(asked, files));
  }
  return Error{Code::not_found, "There is no column '" + name + "' in the customer profile.",
               "`huitou profile columns` lists them.", "客户画像中没有名为“" + name + "”的列。",
               "`huitou profile columns` 列出全部列。"};
}

/// A column and its windows ("net_minor_30d") are made of the same.
std::string without_window(const profile::Feature& feature) {
  const std::size_t window = feature.days == 0 ? 0 : 2 + std::to_string(feature.days).size();
  return feature.column.substr(0, feature.column.size() - window);
}

/// The columns of the profile, but for windows of one that is there; `windows` says how many
/// columns each stands for.
Result<std::vector<lineage::Asked>> asked_features(const Call& call,
                                                   std::map<std::string, std::size_t>& windows) {
  std::map<std::string, std::string> first;
  std::vector<lineage::Asked> asked;
  for (const profile::Feature& feature : profile::features()) {
    const auto [at, is_first] = first.emplace(without_window(feature), feature.column);
    ++windows[at->second];
    if (!is_first) continue;
    TRY(lineage::Asked one, asked_feature(call, feature));
    asked.push_back(std::move(one));
  }
  return asked;
}

/// All analyses that the shop has data for; the names of the others.
Result<std::vector<lineage::Asked>> asked_analyses(const Call& call, std::string& unknown) {
  std::vector<lineage::Asked> asked;
  for (const analyses::Analysis* analysis : analyses::all()) {
    TRY(std::vector<std::string> queries, recorded_queries(call, *analysis));
    const std::string name(analysis->card.name);
    if (queries.empty()) {
      unknown += (unknown.empty() ? "" : ", ") + name;
    } else {
      asked.push_back({{"analysis", name}, std::move(queries)});
    }
  }
  return asked;
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

Result<Answer> of_column(const Call& call) {
  TRY(const std::vector<lineage::MappedFile> files, mapped_files(call));
  std::string unknown;
  std::map<std::string, std::size_t> windows;
  TRY(std::vector<lineage::Asked> asked, asked_analyses(call, unknown));
  TRY(std::vector<lineage::Asked> features, asked_features(call, windows));
  std::move(features.begin(), features.end(), std::back_inserter(asked));
  TRY(const lineage::Edges edges, lineage::of_column(call.args.text("column"), files, asked));
  Answer answer = edges_answer(edges);
  std::set<std::string> metrics;
  std::set<std::string> analyses;
  std::set<std::string> profile;
  for (const lineage::Edge& edge : edges) {
    if (edge.to.kind == "metric") metrics.insert(edge.to.name);
    if (edge.to.kind == "analysis") analyses.insert(edge.to.name);
    if (edge.to.kind == "profile") profile.insert(edge.to.name);
  }
  std::size_t columns = 0;
  for (const std::string& name : profile) columns += windows[name];
  answer.notes.push_back({"breaks",
                          {counted(metrics.size(), "metric", "metrics") + ", " +
                               counted(analyses.size(), "analysis", "analyses") + " and " +
                               counted(columns, "column", "columns") +
                               " of the customer profile cannot be calculated without this column.",
                           "没有这一列，将有 " + std::to_string(metrics.size()) + " 个指标、" +
                               std::to_string(analyses.size()) + " 个分析和 " +
                               std::to_string(columns) + " 个客户画像列无法计算。"}});
  if (columns > profile.size()) {
    answer.notes.push_back({"windows",
                            {"Columns of the profile that differ only in their window of days "
                             "are drawn as one.",
                             "画像列的各个窗口（如近 30 天、近 90 天）合并为一个节点。"}});
  }
  if (!unknown.empty()) {
    answer.notes.push_back({"not_asked",
                            {"Not known of analyses that lack data for an answer: " + unknown + ".",
                             "以下分析因数据不足尚无法得知：" + unknown + "。"}});
  }
  return answer;
}

std::vector<ColumnCard> edge_columns() {
  return {{"from", Unit::none, Role::dimension, {"From", "来源"}},
          {"to", Unit::none, Role::series, {"To", "去向"}},
          {"edges", Unit::count, Role::value, {"Edges", "连线"}},
          {"from_kind", Unit::none, Role::detail, {"From: kind", "来源类型"}},
          {"to_kind", Unit::none, Role::detail, {"To: kind", "去向类型"}}};
}

}  // namespace

const Command lineage_metric_command{
    .name = "lineage metric",
    .title = {"Where a figure comes from", "指标血缘"},
    .doc = {"From the files and their columns by their mappings to our columns, the relations, and "
            "the metric. Only columns that can change the figure are shown.",
            "从文件及其列，经字段映射到标准列、关系，再到指标。只列出会影响该指标的列。"},
    .view = View::flow,
    .live = true,
    .params = {{.name = "metric",
                .doc = {"name, code or alias of a metric", "指标名称、代码或别名"},
                .required = true,
                .positional = true}},
    .columns = edge_columns(),
    .examples = {"huitou lineage metric repurchase_rate"},
    .run = of_metric,
};

const Command lineage_analysis_command{
    .name = "lineage analysis",
    .title = {"Where an analysis comes from", "分析血缘"},
    .doc = {"From the files and their columns by their mappings to our columns, the relations, and "
            "the analysis, as read from the queries that answer it with its default arguments.",
            "从文件及其列，经字段映射到标准列、关系，再到分析；取自该分析以默认参数运行时的查询。"},
    .view = View::flow,
    .live = true,
    .params = {{.name = "analysis",
                .doc = {"name of an analysis, as rfm", "分析名称，如 rfm"},
                .required = true,
                .positional = true}},
    .columns = edge_columns(),
    .examples = {"huitou lineage analysis rfm"},
    .run = of_analysis,
};

const Command lineage_profile_command{
    .name = "lineage profile",
    .title = {"Where a column of the profile comes from", "画像列血缘"},
    .doc = {"From the files and their columns by their mappings to our columns, and the column of "
            "the customer profile, as read from the query that fills it.",
            "从文件及其列，经字段映射到标准列，再到客户画像的列；取自填充该列的查询。"},
    .view = View::flow,
    .live = true,
    .params = {{.name = "profile",
                .doc = {"column of the customer profile, as margin_minor_90d",
                        "客户画像的列，如 margin_minor_90d"},
                .required = true,
                .positional = true}},
    .columns = edge_columns(),
    .examples = {"huitou lineage profile margin_minor_90d"},
    .run = of_profile,
};

const Command lineage_column_command{
    .name = "lineage column",
    .title = {"What breaks if a column goes", "列的影响"},
    .doc =
        {"What feeds a column, and every metric, analysis and column of the customer profile that "
         "needs it, with the relations in between. What analyses need is read from their queries, "
         "so they must have data.",
         "某一列的来源，以及依赖它的全部指标、分析、客户画像列和中间关系。分析的依赖取自其查询，"
         "因此需有数据。"},
    .view = View::flow,
    .live = true,
    .params = {{.name = "column",
                .doc = {"a column of our tables, as orders.customer_id",
                        "标准表的列，如 orders.customer_id"},
                .fallback = "orders.customer_id",
                .positional = true}},
    .columns = edge_columns(),
    .examples = {"huitou lineage column orders.cost_minor"},
    .run = of_column,
};

}  // namespace huitou::commands
