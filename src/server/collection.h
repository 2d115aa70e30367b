#pragma once

// Events over HTTP: the routes that clients of Segment and RudderStack post to, and the snippet for
// web pages.
//
//   POST /v1/track /v1/identify /v1/page /v1/screen /v1/group /v1/alias   one event
//   POST /v1/batch /v1/import                                             {"batch": [...]}
//   GET  /v1/huitou.js                                                    the snippet
//
// A write key stands for the token here, so that any shop page may send and nothing may be read.

#include "collect/collect.h"
#include "server/http.h"

namespace huitou::server {

class Collection {
 public:
  explicit Collection(collect::Collector& collector) : collector_(collector) {}
  /// Answers later, when the events are on the disk. Does not wait.
  void handle(const ExchangePtr& exchange);

 private:
  void deliver(const ExchangePtr& exchange);

  collect::Collector& collector_;
};

bool is_collection(const HttpRequest& request);

}  // namespace huitou::server
