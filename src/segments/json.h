#pragma once

#include <string>
#include <string_view>

#include "segments/parser.h"

namespace huitou::segments {

/// The tree as JSON, for programs and the builder:
///   {"all": [...]}  {"any": [...]}  {"not": {...}}  {"everyone": true}  {"segment": "vip"}
///   {"fact": "bought", "subject": "A-100", "where": [{"field": "channel", "op": "=", "values":
///    ["web"]}], "window": {"last": 90, "unit": "days"}, "op": ">=", "values": [2]}
///   {"top": 100, "lowest": true, "of": {...}, "by": {"fact": ...}}
///   {"sample": "10%", "seed": 7, "of": {...}}
std::string to_json(const Rule& rule);

/// Reads the tree; types are not checked. Problems have a path and no place.
Reading parse_json(std::string_view text);

}  // namespace huitou::segments
