// What exports of the common platforms are taken for, and mapping files by hand.

#include "ingest/mapping.h"

#include <gtest/gtest.h>

#include "ingest/dictionary.h"
#include "ingest/ingest.h"
#include "ingest/test_files.h"

namespace huitou::ingest {
namespace {

using testing_files::Directory;

/// "table: column=field, column=field ..." of the columns that are used.
std::string understood(const std::string& text, const std::string& name = "file.csv") {
  const Directory directory;
  const auto info = inspect(directory.write(name, text));
  if (!info.ok()) {
    return describe(info.error());
  }
  const Mapping mapping = guess_mapping(*info);
  std::string out = std::string(table_name(mapping.table)) + ":";
  for (const ColumnMapping& column : mapping.columns) {
    if (column.field != Field::ignore) {
      out += " " + column.column + "=" + std::string(field_name(column.field));
    }
  }
  return out;
}

TEST(GuessTest, TaobaoOrders) {
  EXPECT_EQ(
      understood(
          "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,"
          "收货人姓名,"
          "收货地址,订单创建时间,订单付款时间,宝贝标题,宝贝种类,宝贝总数量,店铺名称,退款金额\n"
          "1001,小明,88.00,0.00,88.00,80.00,交易成功,王小明,浙江,2024-01-05 10:00:00,"
          "2024-01-05 10:01:00,猫粮,1,2,旗舰店,0.00\n"
          "1002,小红,50.00,6.00,56.00,56.00,交易关闭,李红,北京,2024-01-06 "
          "11:00:00,,狗粮,1,1,旗舰店,0.00\n"),
      "orders: 订单编号=order_key 买家会员名=customer_key 总金额=gross 买家实际支付金额=paid "
      "订单状态=status "
      "收货人姓名=customer_name 订单创建时间=ordered_at 宝贝标题=product_name 宝贝种类=category "
      "宝贝总数量=units "
      "店铺名称=store_name 退款金额=refund");
}

TEST(GuessTest, TaobaoLines) {
  EXPECT_EQ(
      understood("子订单编号,主订单编号,买家会员名,商品标题,购买数量,商品价格,实付金额,订单状态,"
                 "订单创建时间\n"
                 "90001,9000,小明,猫粮,2,44.00,80.00,交易成功,2024-01-05 10:00:00\n"
                 "90002,9000,小明,罐头,1,12.00,12.00,交易成功,2024-01-05 10:00:00\n"
                 "90011,9001,小红,狗粮,1,50.00,50.00,交易成功,2024-01-06 10:00:00\n"),
      "lines: 子订单编号=line_number 主订单编号=order_key 买家会员名=customer_key "
      "商品标题=product_name "
      "购买数量=quantity 商品价格=price 实付金额=paid 订单状态=status 订单创建时间=ordered_at");
}

TEST(GuessTest, JdOrders) {
  EXPECT_EQ(understood("订单号,下单时间,下单账号,订单金额,优惠金额,应付金额,订单状态,商品数量\n"
                       "70001,2024/1/5 9:00,jd_abc,100.00,10.00,90.00,已完成,1\n"
                       "70002,2024/1/6 9:00,jd_abc,30.00,0.00,30.00,已取消,1\n"),
            "orders: 订单号=order_key 下单时间=ordered_at 下单账号=customer_key 订单金额=paid "
            "优惠金额=discount "
            "应付金额=gross 订单状态=status 商品数量=units");
}

TEST(GuessTest, ShopifyLinesCarryTheOrderOnTheirFirstRow) {
  EXPECT_EQ(
      understood(
          "Name,Email,Financial Status,Currency,Subtotal,Total,Discount Amount,Created at,"
          "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku\n"
          "#1001,a@x.com,paid,USD,30.00,30.00,0.00,2024-01-05 10:00:00 +0800,1,Mug,10.00,M1\n"
          "#1001,a@x.com,,,,,,2024-01-05 10:00:00 +0800,2,Cup,10.00,C1\n"
          "#1002,b@x.com,refunded,USD,10.00,10.00,0.00,2024-01-06 10:00:00 +0800,1,Mug,10.00,M1\n"),
      "lines: Name=order_key Email=customer_key Financial Status=status Currency=currency "
      "Total=order_paid "
      "Created at=ordered_at Lineitem quantity=quantity Lineitem name=product_name Lineitem "
      "price=price "
      "Lineitem sku=product_key");
}

TEST(GuessTest, WithoutHeaderByValues) {
  EXPECT_EQ(understood(" 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2   29.73\n"
                       " 00004 0001 19970802  1   14.96\n 00021 0002 19970101  3   63.34\n"
                       " 00021 0002 19970113  1   11.77\n 00050 0003 19970101  1    6.79\n",
                       "cdnow.txt"),
            "orders: c1=customer_key c3=ordered_at c5=paid");
}

TEST(GuessTest, FilesOfThings) {
  EXPECT_EQ(
      understood("customer_key,name,region,channel,registered_on\nC1,王,华东,天猫,2024-01-01\n"),
      "customers: customer_key=customer_key name=name region=region channel=channel "
      "registered_on=registered_on");
  EXPECT_EQ(understood("product_key,name,category,brand\nP1,猫粮,宠物,皇家\n"),
            "products: product_key=product_key name=name category=category brand=brand");
  EXPECT_EQ(understood("store_key,name,region\nS1,一店,华东\n"),
            "stores: store_key=store_key name=name region=region");
}

TEST(GuessTest, LinesWithoutCustomerBelongToOrdersOfAnotherFile) {
  EXPECT_EQ(understood("order_key,line_number,product_key,quantity,price\nA,1,P1,1,5.00\nA,2,P2,1,"
                       "6.00\nB,1,P1,1,5.00\n"),
            "order_lines: order_key=order_key line_number=line_number product_key=product_key "
            "quantity=quantity "
            "price=price");
}

TEST(GuessTest, IdsThatRepeatAreCustomers) {
  EXPECT_EQ(understood("Id,Date,Price\n1,2005-01-02,230.3\n1,2005-09-06,84.39\n2,2005-01-02,7.5\n"),
            "orders: Id=customer_key Date=ordered_at Price=paid");
}

TEST(DictionaryTest, WordsOfStatus) {
  const Dictionary dictionary;
  EXPECT_EQ(dictionary.status("交易成功"), 3);
  EXPECT_EQ(dictionary.status(" Partially_Refunded "), 2);
  EXPECT_EQ(dictionary.status("买家已付款，等待卖家发货"), 2);
  EXPECT_EQ(dictionary.status("CANCELLED"), 4);
  EXPECT_EQ(dictionary.status("退款成功"), 5);
  EXPECT_EQ(dictionary.status("待付款"), 1);
  EXPECT_EQ(dictionary.status("banana"), 0);
}

TEST(DictionaryTest, NamesAreComparedWithoutDress) {
  EXPECT_EQ(normal_name("Order ID"), normal_name("order_id"));
  EXPECT_EQ(normal_name("买家实际支付金额（元）"), "买家实际支付金额");
  EXPECT_EQ(normal_name("ＩＤ"), "id");
}

class YamlTest : public testing::Test {
 protected:
  YamlTest() {
    const auto inspected = inspect(
        directory_.write("o.csv", "no,who,day,sum\n1,a,2024-01-05,5.00\n2,b,2024-01-06,6.00\n"));
    EXPECT_TRUE(inspected.ok());
    info_ = *inspected;
  }
  std::string error(const std::string& yaml) const {
    const auto mapping = from_yaml(yaml, info_, "m.yaml");
    return mapping.ok() ? "ok" : mapping.error().message;
  }
  Directory directory_;
  FileInfo info_;
};

TEST_F(YamlTest, IsReadAsItWasWritten) {
  Mapping mapping = guess_mapping(info_);
  mapping.time_zone = "Asia/Tokyo";
  mapping.columns[3].whole_units = true;
  mapping.columns[3].field = Field::paid;
  const std::string yaml = to_yaml(mapping, info_);
  const auto read = from_yaml(yaml, info_, "m.yaml");
  ASSERT_TRUE(read.ok()) << read.error().message << yaml;
  EXPECT_EQ(to_yaml(*read, info_).substr(yaml.find("time_zone") - yaml.find("table")).empty(),
            false);
  EXPECT_EQ(read->time_zone, "Asia/Tokyo");
  ASSERT_EQ(read->columns.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(read->columns[i].field, mapping.columns[i].field) << i;
    EXPECT_EQ(read->columns[i].whole_units, mapping.columns[i].whole_units) << i;
  }
}

TEST_F(YamlTest, ErrorsNameTheLine) {
  EXPECT_EQ(error("table: orders\ncolumns:\n  no: order_key\n  when: ordered_at\n"),
            "m.yaml line 4: the file has no column 'when'.");
  EXPECT_EQ(error("table: order\n"), "m.yaml line 1: there is no table 'order'.");
  EXPECT_EQ(error("table: orders\ncolumns:\n  no: order_no\n"),
            "m.yaml line 3: there is no field 'order_no'.");
  EXPECT_EQ(error("table: orders\ncolumns:\n  no: order_key\n  who: order_key\n"),
            "m.yaml line 4: the field 'order_key' is given to two columns.");
  EXPECT_EQ(error("table: orders\ncolumns:\n  day: {field: ordered_at, date: dmy}\n"),
            "m.yaml line 3: there is no way to write dates called 'dmy'.");
  EXPECT_EQ(error("tabel: orders\n"), "m.yaml line 1: unknown key 'tabel'.");
  EXPECT_EQ(error("table: [\n").substr(0, 11), "m.yaml line");
  EXPECT_EQ(error("just words"), "m.yaml line 1: a mapping is needed.");
  EXPECT_EQ(error("table: orders\ncolumns:\n  no: {field: [a]}\n"),
            "m.yaml line 3: the column needs a field.");
}

TEST_F(YamlTest, SaysHowTheFileIsRead) {
  const std::string yaml =
      "table: orders\ndelimiter: tab\nencoding: gbk\nhas_header: false\nsheet: \"九 月\"\n"
      "columns:\n  no: order_key\n";
  const auto reading = reading_from_yaml(yaml, "m.yaml");
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading->delimiter, '\t');
  EXPECT_EQ(reading->encoding, Encoding::gb18030);
  EXPECT_EQ(reading->has_header, false);
  EXPECT_EQ(reading->sheet, "九 月");
  const auto mapping = from_yaml(yaml, info_, "m.yaml");
  ASSERT_TRUE(mapping.ok());
  const std::string again = to_yaml(*mapping, info_);
  for (const char* line : {"delimiter: \"tab\"\n", "encoding: GB18030\n", "has_header: false\n",
                           "sheet: \"九 月\"\n"}) {
    EXPECT_NE(again.find(line), std::string::npos) << line;
  }
  EXPECT_EQ(error("table: orders\ndelimiter: comma\n"), "m.yaml line 2: 'comma' is no delimiter.");
  EXPECT_EQ(error("encoding: latin5\n"), "m.yaml line 1: the encoding 'latin5' is not known.");
  EXPECT_EQ(error("has_header: maybe\n"), "m.yaml line 1: has_header is 'maybe'.");
}

TEST_F(YamlTest, WhatIsMissingIsNamed) {
  const auto mapping = from_yaml("table: orders\ncolumns:\n  no: order_key\n", info_, "m.yaml");
  ASSERT_TRUE(mapping.ok());
  const Status status = check(*mapping, info_);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message,
            info_.path +
                ": no column was found for the date of the order (ordered_at), an amount "
                "(paid); the columns are: no, who, day, sum.");
}

}  // namespace
}  // namespace huitou::ingest
