#pragma once

#include "commands/shop.h"
#include "forms/forms.h"

namespace huitou::commands {

/// The shop as forms see it, at this UTC second.
inline forms::Desk desk_of(Shop& shop, std::int64_t now) {
  return {*shop.engine,
          *shop.store,
          shop.settings.time_zone,
          shop.settings.currency,
          day_at(shop.settings, now),
          now};
}

}  // namespace huitou::commands
