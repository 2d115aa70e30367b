// What a store is like.

#include "forms/form.h"

namespace huitou::forms {

extern const Form stores;
const Form stores{
    .name = "stores",
    .title = {"Stores", "门店信息"},
    .doc = {"What a store is like. Name and region are written into the table of stores, where "
            "they stand before what files say; the rest is kept here.",
            "门店属性。名称与地区写入门店表，优先于文件；其余属性保存在此。"},
    .fields = {{.name = "store_key",
                .type = FieldType::store,
                .label = {"Store", "门店编号"},
                .hint = {"as in orders", "与订单中的门店编号一致"},
                .required = true,
                .key = true,
                .fills = "store_key",
                .titles = "门店|门店编码|店铺编号|store id|store code"},
               {.name = "name",
                .label = {"Name", "门店名称"},
                .fills = "name",
                .titles = "名称|店铺名称|store name"},
               {.name = "region",
                .label = {"Region", "地区"},
                .fills = "region",
                .titles = "区域|城市|省份|大区|city"},
               {.name = "kind",
                .type = FieldType::choice,
                .label = {"Kind", "类型"},
                .choices = {{"own", {"Own store", "直营"}},
                            {"franchise", {"Franchise", "加盟"}},
                            {"counter", {"Counter", "专柜"}},
                            {"online", {"Online", "线上"}}},
                .titles = "门店类型|type"},
               {.name = "opened_on",
                .type = FieldType::date,
                .label = {"Opened on", "开业日期"},
                .hint = {"2025-01-31", "2025-01-31"},
                .titles = "开店日期|opening date"},
               {.name = "area",
                .type = FieldType::number,
                .label = {"Area in m²", "面积（平方米）"},
                .at_least = 0,
                .at_most = 1e6,
                .titles = "面积|area"},
               {.name = "staff",
                .type = FieldType::integer,
                .label = {"Staff", "员工人数"},
                .at_least = 0,
                .at_most = 1e5,
                .titles = "人数"}},
    .table = "stores",
    .corrects = true,
};

}  // namespace huitou::forms
