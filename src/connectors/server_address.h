#pragma once

// What database servers have in common: where they are, and how their refusals are told.

#include "connectors/connectors.h"

namespace huitou::connectors {

struct ServerAddress {
  std::string product;  ///< "MySQL", for errors
  std::string host;
  std::int64_t port = 0;
  std::string database;
  std::string user;
  std::string password;
  std::string tls;
  std::string ca;  ///< path of the authorities' certificates; set where `tls` is "verify"
  std::int64_t timeout_seconds = 0;
};

/// host, port, database, user, password, tls, ca; then those of `database_params`.
std::vector<Param> server_params(std::string_view port, std::vector<std::string_view> tls_choices);
ServerAddress server_address(const Connector& connector, const Settings& settings);

/// Why a server did not do what was asked.
enum class Refusal {
  unreachable,  ///< no connection, or it was cut
  password,     ///< user or password not accepted
  rights,       ///< the user may not read it, or the statement would write
  no_database,
  no_table,
  wrong_query,  ///< a column that is not there, a syntax error
  too_slow,     ///< `timeout_seconds` are over
  too_long,     ///< a row longer than can be received
  certificate,  ///< the server's is not signed by an authority we trust, or of another name
  busy,         ///< too many connections, being shut down, a deadlock
};
/// `said`: the server's or library's own words.
Error refusal(const ServerAddress& address, Refusal reason, std::string said);

}  // namespace huitou::connectors
