# Two verbs build the house: a folder and a catalogue.

set(HUITOU_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wconversion
    -Wsign-conversion -Wno-missing-field-initializers
    -Wno-restrict  # GCC 12 sees overlaps in `"text" + string` that are not there (GCC bug 105651)
    -Wno-maybe-uninitialized  # nor are all parts of an optional or a variant used that it names (bug 80635)
    -Werror)

if(HUITOU_SANITIZE STREQUAL "address")
  set(HUITOU_SANITIZER_FLAGS -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
elseif(HUITOU_SANITIZE STREQUAL "thread")
  set(HUITOU_SANITIZER_FLAGS -fsanitize=thread)
endif()
if(HUITOU_SANITIZER_FLAGS)
  # GCC 12 sees frees in code of a sanitizer that are not there.
  list(APPEND HUITOU_SANITIZER_FLAGS -Wno-free-nonheap-object)
  add_compile_options(${HUITOU_SANITIZER_FLAGS})
  add_link_options(${HUITOU_SANITIZER_FLAGS})
endif()

# huitou_settings(target): warnings, the include root, where libchdb.so is looked for.
function(huitou_settings target)
  target_compile_options(${target} PRIVATE ${HUITOU_WARNINGS})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  get_target_property(kind ${target} TYPE)
  if(kind STREQUAL "EXECUTABLE")
    set_target_properties(${target} PROPERTIES BUILD_RPATH "$ORIGIN/../lib" INSTALL_RPATH "$ORIGIN/../lib")
  endif()
endfunction()

# huitou_embed(folder FILES ...): the files become text in the program; the generated
# `std::string_view huitou::<folder>::embedded(std::string_view path)` gives them by their path
# below the folder and throws Bug for one that is not there.
function(huitou_embed folder)
  cmake_parse_arguments(ARG "" "" "FILES" ${ARGN})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${folder}_embedded.cc)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DROOT=${CMAKE_CURRENT_SOURCE_DIR} "-DFILES=${ARG_FILES}"
            -DOUTPUT=${output} -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${ARG_FILES} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  target_sources(${folder} PRIVATE ${output})
endfunction()

# huitou_tests(folder FAST ... ENGINE ... LIBS ...): gtest programs <folder>_test (no engine, no network; these also
# run under the sanitizers) and <folder>_engine_test (chDB, the cluster where HUITOU_CLUSTER names one).
function(huitou_tests folder)
  if(NOT HUITOU_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "FAST;ENGINE;LIBS" ${ARGN})
  if(ARG_FAST)
    add_executable(${folder}_test ${ARG_FAST})
    target_link_libraries(${folder}_test PRIVATE ${folder} ${ARG_LIBS} GTest::gtest_main)
    huitou_settings(${folder}_test)
    add_test(NAME ${folder}_test COMMAND ${folder}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${folder}_test PROPERTIES LABELS fast)
  endif()
  if(ARG_ENGINE AND NOT HUITOU_SANITIZE)
    add_executable(${folder}_engine_test ${ARG_ENGINE})
    target_link_libraries(${folder}_engine_test PRIVATE ${folder} ${ARG_LIBS} GTest::gtest_main)
    huitou_settings(${folder}_engine_test)
    add_test(NAME ${folder}_engine_test COMMAND ${folder}_engine_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${folder}_engine_test PROPERTIES LABELS engine RUN_SERIAL ON)
  endif()
endfunction()

# huitou_folder(base SOURCES ... USES ... LIBS ...): a library named as its folder. USES are other
# folders (tools/layers.txt says which are allowed), LIBS are libraries from outside.
function(huitou_folder folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBS" ${ARGN})
  add_library(${folder} STATIC ${ARG_SOURCES})
  target_link_libraries(${folder} PUBLIC ${ARG_USES} PRIVATE ${ARG_LIBS})
  huitou_settings(${folder})
endfunction()

# huitou_catalogue(analyses TYPE Analysis ITEMS rfm ...): for each item compiles <item>/<item>.cc, which
# defines `extern const Analysis <item>;` in namespace huitou::<folder>, embeds <item>/*.sql (paths
# "<item>/name.sql") and writes `std::span<const Analysis* const> all()` in this order.
function(huitou_catalogue folder)
  cmake_parse_arguments(ARG "" "TYPE" "ITEMS" ${ARGN})
  set(declarations "")
  set(pointers "")
  foreach(item ${ARG_ITEMS})
    target_sources(${folder} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${item}/${item}.cc)
    string(APPEND declarations "extern const ${ARG_TYPE} ${item};\n")
    string(APPEND pointers "  &${item},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${folder}_catalogue.cc CONTENT
"// Generated from the list in src/${folder}/CMakeLists.txt.
#include <span>

#include \"${folder}/${folder}.h\"

namespace huitou::${folder} {
${declarations}
std::span<const ${ARG_TYPE}* const> all() {
  static const ${ARG_TYPE}* const items[] = {
${pointers}  };
  return items;
}
}  // namespace huitou::${folder}
")
  target_sources(${folder} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${folder}_catalogue.cc)
endfunction()

# huitou_texts(schema NAMES kRelations ITEMS counted_orders ... [UNDER relations] [WITH FILES ...]): a catalogue of
# .sql files alone. Embeds <directory>/<item>.sql and the FILES, and generates <folder>/list.h with the names of the
# items, in this order.
function(huitou_texts folder)
  cmake_parse_arguments(ARG "" "NAMES;UNDER" "ITEMS;WITH" ${ARGN})
  set(files ${ARG_WITH})
  set(names "")
  foreach(item ${ARG_ITEMS})
    list(APPEND files ${CMAKE_CURRENT_SOURCE_DIR}/${ARG_UNDER}/${item}.sql)
    string(APPEND names "    \"${item}\",\n")
  endforeach()
  huitou_embed(${folder} FILES ${files})
  list(LENGTH ARG_ITEMS count)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/generated/${folder}/list.h CONTENT
"// Generated from the list in src/${folder}/CMakeLists.txt.
#pragma once
#include <array>
#include <string_view>
namespace huitou::${folder} {
inline constexpr std::array<std::string_view, ${count}> ${ARG_NAMES}{
${names}};
}  // namespace huitou::${folder}
")
  target_include_directories(${folder} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/generated)
endfunction()
