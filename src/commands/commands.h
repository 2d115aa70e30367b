#pragma once

// The waist: everything a person or program can ask, declared once. One declaration gives the CLI
// verb with help, the HTTP route, validation, the OpenAPI document, the TypeScript types, the
// reference page and the contract tests.
//
//   command.h      a command, its arguments, running it
//   due.h          what a home wants done without being asked
//   shop.h         the opened home that commands work on
//   kept.h         answers that outlive the process
//   answer_json.h  the shapes that go over HTTP
//   job_json.h     the same for long work
//   print.h        answers for people: terminal table, csv, markdown
//   export.h       an answer as a CSV or Excel file
//   catalogue.h    the whole catalogue for programs: JSON, OpenAPI, TypeScript, reference pages

#include "commands/answer_json.h"
#include "commands/catalogue.h"
#include "commands/command.h"
#include "commands/due.h"
#include "commands/export.h"
#include "commands/job_json.h"
#include "commands/json_text.h"
#include "commands/kept.h"
#include "commands/print.h"
#include "commands/shop.h"
#include "commands/times.h"
