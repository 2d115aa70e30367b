#pragma once

// For tests of folders that build on segments: small random shops and a slow reader of rules.

#include "segments/test_rules.h"
#include "segments/test_shop.h"
