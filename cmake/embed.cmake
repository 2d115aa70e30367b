# Writes OUTPUT: the FILES (absolute, below ROOT) as raw string literals.
set(rows "")
foreach(file ${FILES})
  file(READ ${file} text)
  file(RELATIVE_PATH path ${ROOT} ${file})
  # A string literal may hold 64 KiB: longer files are cut into pieces that the compiler joins.
  string(LENGTH "${text}" length)
  set(pieces "")
  set(begin 0)
  while(begin LESS length)
    string(SUBSTRING "${text}" ${begin} 8000 piece)
    string(APPEND pieces "R\"__embed(${piece})__embed\"\n")
    math(EXPR begin "${begin} + 8000")
  endwhile()
  if(length EQUAL 0)
    set(pieces "\"\"")
  endif()
  string(APPEND rows "    {\"${path}\", ${pieces}},\n")
endforeach()
file(WRITE ${OUTPUT} "#include <string_view>

#include \"base/result.h\"

namespace huitou::${FOLDER} {
namespace {
struct Embedded {
  std::string_view path;
  std::string_view text;
};
constexpr Embedded kFiles[] = {
${rows}};
}  // namespace

std::string_view embedded(std::string_view path);
std::string_view embedded(std::string_view path) {
  for (const Embedded& file : kFiles) {
    if (file.path == path) {
      return file.text;
    }
  }
  throw Bug(\"no file '\" + std::string(path) + \"' is embedded in ${FOLDER}\");
}
}  // namespace huitou::${FOLDER}
")
