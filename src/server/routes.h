#pragma once

// What each request gets. Quick things are answered at once on the I/O thread; whatever asks the
// engine, the store or the disk goes to the pool.

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "commands/commands.h"
#include "server/answers.h"
#include "server/collection.h"
#include "server/downloads.h"
#include "server/guard.h"
#include "server/http.h"
#include "server/jobs.h"
#include "server/pages.h"
#include "server/pool.h"
#include "server/server.h"
#include "server/survey_door.h"
#include "server/uploads.h"

namespace huitou::server {

class Routes {
 public:
  struct Parts {
    Answers& answers;
    Pool& pool;
    Jobs& jobs;
    Uploads& uploads;
    Downloads& downloads;
    const Pages& pages;
    Collection& collection;
    SurveyDoor& surveys;
    ServerLimits limits;
  };
  Routes(const Parts& parts, Door door);

  void handle(const ExchangePtr& exchange);

 private:
  /// Signs in, or refuses; true if the request may go on.
  bool let_in(const ExchangePtr& exchange);
  bool body_fits(const ExchangePtr& exchange);
  void api(const ExchangePtr& exchange);
  void command(const ExchangePtr& exchange);
  void start_job(const ExchangePtr& exchange, const commands::Request& request);
  void batch(const ExchangePtr& exchange);
  void job(const ExchangePtr& exchange);
  void upload(const ExchangePtr& exchange);
  void download(const ExchangePtr& exchange);
  /// Runs on the pool; 429 if its queue is full.
  void later(const ExchangePtr& exchange, std::function<HttpReply()> work);
  Error queue_full() const;

  Parts parts_;
  Door door_;
  const std::string catalogue_;
  const std::string openapi_;
};

HttpReply error_reply(const Error& error);

}  // namespace huitou::server
