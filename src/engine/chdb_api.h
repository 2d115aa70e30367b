#pragma once

// The functions of libchdb that we use, found when the engine opens: the program starts, and most
// of its commands work, without the library. Declared from the library's documented C interface.

#include <cstddef>

#include "base/result.h"

namespace huitou::engine {

struct ChdbConnection;  ///< what the library hands out for a connection
struct ChdbResult;
struct ChdbInsert;

struct ChdbApi {
  void (*set_signal_handlers_enabled)(int enabled);
  ChdbConnection** (*connect)(int count, char** arguments);
  void (*close)(ChdbConnection** connection);
  /// A whole answer at once.
  ChdbResult* (*query)(ChdbConnection* connection, const char* text, std::size_t text_size,
                       const char* format, std::size_t format_size);
  /// An answer in pieces: `fetch` until a piece is empty or an error.
  ChdbResult* (*stream)(ChdbConnection* connection, const char* text, std::size_t text_size,
                        const char* format, std::size_t format_size);
  ChdbResult* (*fetch)(ChdbConnection* connection, ChdbResult* stream);
  void (*cancel_stream)(ChdbConnection* connection, ChdbResult* stream);
  char* (*result_bytes)(ChdbResult* result);
  std::size_t (*result_size)(ChdbResult* result);
  const char* (*result_error)(ChdbResult* result);
  void (*destroy_result)(ChdbResult* result);
  /// Rows on their way in; the connection accepts nothing else until `destroy_insert`.
  ChdbInsert* (*insert)(ChdbConnection* connection, const char* text, std::size_t text_size,
                        const char* format, std::size_t format_size);
  int (*append)(ChdbInsert* insert, const void* bytes, std::size_t size);
  ChdbResult* (*finish_insert)(ChdbInsert* insert);
  const char* (*insert_error)(ChdbInsert* insert);
  void (*destroy_insert)(ChdbInsert* insert);
};

/// Loads the library, which then stays for the life of the process, and takes its hands off the
/// process's signals. Errors: unavailable if there is no library or it lacks a function.
Result<ChdbApi> load_chdb();

/// When the process exits, it ends before static objects of the library are destroyed that were
/// made until now. To be called when an engine ends.
void end_process_before_library();
/// The same, to be called with each use of the library, which makes such objects as it goes: of
/// many calls only some do it, as the list of what is to be done at the end is never shortened.
void note_use_of_library();

}  // namespace huitou::engine
