// What a piece of a product costs the shop.

#include "forms/form.h"

namespace huitou::forms {

extern const Form product_costs;
const Form product_costs{
    .name = "product_costs",
    .title = {"Product costs", "商品成本"},
    .doc = {"What a piece of a product costs the shop; written into the table of products, where "
            "it stands before what files say.",
            "单件商品的成本，写入商品表，优先于文件中的成本。"},
    .fields = {{.name = "product_key",
                .type = FieldType::product,
                .label = {"Product", "商品编号"},
                .hint = {"as in orders", "与订单中的商品编号一致"},
                .required = true,
                .key = true,
                .fills = "product_key",
                .titles = "商品编码|sku|product id"},
               {.name = "cost",
                .type = FieldType::money,
                .label = {"Cost of a piece", "单件成本"},
                .required = true,
                .at_least = 0,
                .at_most = 1e9,
                .fills = "cost",
                .titles = "成本|成本价|进价|cost|unit cost"},
               {.name = "remark", .label = {"Remark", "备注"}, .titles = "说明|note"}},
    .table = "products",
    .corrects = true,
};

}  // namespace huitou::forms
