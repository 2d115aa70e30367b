#pragma once

#include <string>
#include <string_view>

namespace huitou {

/// Chinese and English are equal: every text a person reads exists in both.
enum class Language { en, zh };

/// A text of the program itself (cards, labels): lives as long as the program.
struct Words {
  std::string_view en;
  std::string_view zh;
  std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
};

/// A text made while running (notes, findings).
struct Sentence {
  std::string en;
  std::string zh;
  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
};

}  // namespace huitou
