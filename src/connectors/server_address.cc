#include "connectors/server_address.h"

#include "connectors/settings.h"

namespace huitou::connectors {
namespace {

struct Advice {
  Code code;
  Words hint;
};

Advice advice_for(Refusal reason) {
  switch (reason) {
    case Refusal::unreachable:
      return {Code::unavailable,
              {"Check host and port, the network and whether the server runs; then try again.",
               "请检查主机、端口、网络以及服务器是否在运行，然后重试。"}};
    case Refusal::password:
      return {Code::denied,
              {"Check `user` and the secret of `password`, and that the user may come from this "
               "machine.",
               "请检查 `user` 和 `password` 对应的密钥，并确认允许该用户从本机连接。"}};
    case Refusal::rights:
      return {Code::denied,
              {"Give a query that only reads, and the user the right to SELECT from the table.",
               "请使用只读的查询，并授予该用户对该表的 SELECT 权限。"}};
    case Refusal::no_database:
      return {Code::not_found, {"Correct `database`.", "请更正 `database`。"}};
    case Refusal::no_table:
      return {Code::not_found,
              {"Correct `table` or `query`, or make the table again.",
               "请更正 `table` 或 `query`，或重新建立该表。"}};
    case Refusal::wrong_query:
      return {Code::invalid_input,
              {"Correct `query`, `columns`, `key` or `updated`.",
               "请更正 `query`、`columns`、`key` 或 `updated`。"}};
    case Refusal::too_slow:
      return {Code::limit_reached,
              {"Raise `timeout_seconds`, or put an index on the updated and key columns.",
               "请调大 `timeout_seconds`，或为更新时间列和主键列建立索引。"}};
    case Refusal::too_long:
      return {Code::limit_reached,
              {"Leave long columns out with `columns`.", "请用 `columns` 排除过长的列。"}};
    case Refusal::certificate:
      return {Code::denied,
              {"Give in `ca` the file of the authority that signed the server's certificate, and "
               "in `host` the name it is made out to; or `tls` without verifying.",
               "请在 `ca` 中给出签发服务器证书的 CA 证书文件，并让 `host` 与证书中的名称一致；"
               "或将 `tls` 设为不验证。"}};
    case Refusal::busy:
      return {Code::unavailable, {"Try again later.", "请稍后重试。"}};
  }
  return {Code::unavailable, {}};
}

}  // namespace

std::vector<Param> server_params(std::string_view port, std::vector<std::string_view> tls_choices) {
  const std::string_view first_choice = tls_choices.front();
  return database_params({
      {.name = "host",
       .doc = {"The server's name or address.", "服务器的主机名或地址。"},
       .required = true},
      {.name = "port",
       .type = ParamType::integer,
       .doc = {"The server's port.", "服务器端口。"},
       .fallback = port,
       .at_least = 1,
       .at_most = 65'535},
      {.name = "database", .doc = {"The database.", "数据库名。"}, .required = true},
      {.name = "user",
       .doc = {"A user who may only read.", "只有读取权限的用户。"},
       .required = true},
      {.name = "password", .doc = {"The user's password.", "该用户的密码。"}},
      {.name = "tls",
       .type = ParamType::choice,
       .doc =
           {"Whether the connection must be encrypted, and the server's certificate be verified.",
            "连接是否必须加密，以及是否验证服务器证书。"},
       .fallback = first_choice,
       .choices = std::move(tls_choices)},
      {.name = "ca",
       .doc = {"A file with the certificates of the authorities that `verify` trusts.",
               "`verify` 所信任的 CA 证书文件。"},
       .fallback = "/etc/ssl/certs/ca-certificates.crt"},
  });
}

ServerAddress server_address(const Connector& connector, const Settings& settings) {
  return {.product = std::string(connector.card.title.en),
          .host = text_of(connector, settings, "host"),
          .port = integer_of(connector, settings, "port"),
          .database = text_of(connector, settings, "database"),
          .user = text_of(connector, settings, "user"),
          .password = text_of(connector, settings, "password"),
          .tls = text_of(connector, settings, "tls"),
          .ca = text_of(connector, settings, "ca"),
          .timeout_seconds = integer_of(connector, settings, "timeout_seconds")};
}

Error refusal(const ServerAddress& address, Refusal reason, std::string said) {
  while (!said.empty() && (said.back() == '\n' || said.back() == '.' || said.back() == ' ')) {
    said.pop_back();
  }
  const std::string place =
      address.host + ":" + std::to_string(address.port) + "/" + address.database;
  const Advice advice = advice_for(reason);
  const std::string limit = std::to_string(address.timeout_seconds);
  const bool slow = reason == Refusal::too_slow;
  return {advice.code,
          address.product + " at " + place + ", user '" + address.user + "': " + said +
              (slow ? " (timeout_seconds is " + limit + ")." : "."),
          std::string(advice.hint.en),
          address.product + " " + place + "，用户“" + address.user + "”：" + said +
              (slow ? "（timeout_seconds 为 " + limit + "）。" : "。"),
          std::string(advice.hint.zh)};
}

}  // namespace huitou::connectors
