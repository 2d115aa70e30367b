// What a figure should become: a metric, a period, a value; for the shop, a store or a channel.

#include "forms/form.h"

namespace huitou::forms {

extern const Form targets;
const Form targets{
    .name = "targets",
    .title = {"Targets", "目标"},
    .doc = {"What a metric should be in a period: for the whole shop, a store or a channel. The "
            "overview shows it beside the figure.",
            "某项指标在某个周期应达到的值，可针对全店、门店或渠道。概览页在指标下方显示。"},
    .fields = {{.name = "metric",
                .type = FieldType::metric,
                .label = {"Metric", "指标"},
                .hint = {"a name as repurchase_rate, or a title as Repurchase rate",
                         "名称如 repurchase_rate，或标题如 复购率"},
                .required = true,
                .key = true,
                .titles = "指标名称|metric name"},
               {.name = "period",
                .type = FieldType::period,
                .label = {"Period", "周期"},
                .hint = {"2025, 2025-Q1, 2025-01 or 2025-01-31",
                         "2025、2025-Q1、2025-01 或 2025-01-31"},
                .required = true,
                .key = true,
                .titles = "期间|月份|month"},
               {.name = "store_key",
                .type = FieldType::store,
                .label = {"Store", "门店"},
                .hint = {"empty: all stores", "留空表示全部门店"},
                .key = true,
                .titles = "门店编号|store id"},
               {.name = "channel",
                .label = {"Channel", "渠道"},
                .hint = {"empty: all channels", "留空表示全部渠道"},
                .key = true},
               {.name = "target",
                .type = FieldType::number,
                .label = {"Target", "目标值"},
                .hint = {"a share as 35% or 0.35, money in yuan or the like",
                         "比率写 35% 或 0.35，金额以元为单位"},
                .required = true,
                .at_least = -1e15,
                .at_most = 1e15,
                .titles = "目标|value"},
               {.name = "remark", .label = {"Remark", "备注"}, .titles = "说明|note"}},
};

}  // namespace huitou::forms
