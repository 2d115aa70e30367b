#include "demo/range.h"

namespace huitou::demo {
namespace {

constexpr std::array<Category, kCategories> kTable{{
    {"宠物/猫粮", 30, 12900, 0.14, {"全价成猫粮", "幼猫奶糕", "冻干双拼粮", "无谷鸡肉粮"}},
    {"宠物/猫砂", 24, 4900, 0.08, {"豆腐猫砂", "混合猫砂", "膨润土猫砂", "木薯猫砂"}},
    {"母婴/婴儿奶粉", 25, 26800, 0.10, {"1段配方奶粉", "2段配方奶粉", "3段配方奶粉", "有机奶粉"}},
    {"母婴/纸尿裤", 22, 11900, 0.08, {"纸尿裤S码", "纸尿裤M码", "拉拉裤L码", "拉拉裤XL码"}},
    {"食品/咖啡", 20, 6900, 0.12, {"挂耳咖啡", "冷萃咖啡液", "意式咖啡豆", "冻干咖啡"}},
    {"食品/坚果零食", 35, 5900, 0.10, {"每日坚果", "碧根果", "腰果仁", "海苔脆"}},
    {"食品/茶叶", 60, 15800, 0.06, {"龙井绿茶", "正山小种", "白毫银针", "铁观音"}},
    {"个护/护肤", 55, 19900, 0.10, {"保湿面霜", "烟酰胺精华", "氨基酸洁面", "修护面膜"}},
    {"个护/洗发护发", 45, 7900, 0.07, {"控油洗发水", "修护护发素", "防脱洗发水", "蓬松洗发水"}},
    {"家清/洗衣液", 40, 5500, 0.07, {"洗衣凝珠", "除菌洗衣液", "柔顺剂", "去渍喷雾"}},
    {"健康/维生素", 50, 12800, 0.05, {"维生素C", "复合维生素", "鱼油软胶囊", "钙镁片"}},
    {"服饰/内衣袜品", 90, 8900, 0.03, {"纯棉短袜", "无痕内裤", "保暖内衣", "运动袜"}},
}};

constexpr std::array<std::string_view, 6> kBrands{"知途", "禾木", "青岚", "柏悦", "麦芒", "云舍"};

constexpr std::array<std::string_view, kSurnames> kFamily{
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱",
    "胡", "郭", "何", "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "韩",
    "冯", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡", "蒋", "余"};

constexpr std::array<std::string_view, kGivenSyllables> kGiven{
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛",
    "明", "超", "秀", "霞", "平", "刚", "桂", "英", "华", "玉", "兰", "红", "梅", "建", "国",
    "文", "辉", "宇", "浩", "欣", "怡", "佳", "雪", "婷", "雨", "晨", "子", "涵", "梓", "轩",
    "思", "诗", "琪", "若", "汐", "一", "诺", "沐", "泽", "睿", "嘉", "悦", "可", "安", "然"};

/// 春节, first day, for each year from 2015. Source: the published calendar of the Purple Mountain
/// Observatory.
constexpr int kFirstYear = 2015;
constexpr std::array<std::array<int, 2>, 21> kSpringFestivals{
    {{2, 19}, {2, 8},  {1, 28}, {2, 16}, {2, 5},  {1, 25}, {2, 12},
     {2, 1},  {1, 22}, {2, 10}, {1, 29}, {2, 17}, {2, 6},  {1, 26},
     {2, 13}, {2, 3},  {1, 23}, {2, 11}, {1, 31}, {2, 19}, {2, 8}}};

double spring_festival(Date date) {
  const int year = ymd_of(date).year;
  const int index = year - kFirstYear;
  if (index < 0 || index >= static_cast<int>(kSpringFestivals.size())) {
    return 1;
  }
  const auto& [month, day] = kSpringFestivals.at(static_cast<std::size_t>(index));
  const int days_after = date.days - date_of({year, month, day}).days;
  if (days_after >= -18 && days_after < -3) {
    return 1.6;  // stocking up
  }
  return days_after >= -3 && days_after < 8 ? 0.45 : 1;  // couriers rest
}

double sales_festival(Ymd ymd) {
  const int code = ymd.month * 100 + ymd.day;
  if (code >= 1101 && code <= 1111) {
    return code == 1111 ? 4.0 : 1.9;
  }
  if (code >= 601 && code <= 620) {
    return code >= 616 && code <= 618 ? 2.6 : 1.5;
  }
  if (code >= 1209 && code <= 1212) {
    return 1.4;
  }
  if (code >= 1001 && code <= 1007) {
    return 1.2;
  }
  return code <= 103 ? 1.2 : 1;
}

}  // namespace

const std::array<Category, kCategories>& categories() { return kTable; }

const std::vector<Product>& products() {
  static const std::vector<Product> kProducts = [] {
    std::vector<Product> made;
    for (const Category& category : kTable) {
      for (std::size_t index = 0; index < kProductsPerCategory; ++index) {
        const std::string_view brand = kBrands.at(index / category.items.size() % kBrands.size());
        const std::string_view item = category.items.at(index % category.items.size());
        const auto step = static_cast<std::int64_t>(index);
        const std::int64_t price = category.price_minor * (70 + (step * 37) % 80) / 100 / 10 * 10;
        made.push_back({category.path, std::string(brand).append(item), std::string(brand), price,
                        price * (45 + step % 20) / 100});
      }
    }
    return made;
  }();
  return kProducts;
}

const std::vector<Store>& stores() {
  static const std::vector<Store> kStores{
      {"天猫旗舰店", "线上"},     {"京东自营店", "线上"},     {"微信小程序", "线上"},
      {"上海南京西路店", "华东"}, {"上海五角场店", "华东"},   {"杭州湖滨店", "华东"},
      {"南京新街口店", "华东"},   {"苏州中心店", "华东"},     {"宁波天一店", "华东"},
      {"北京西单店", "华北"},     {"北京望京店", "华北"},     {"天津滨江道店", "华北"},
      {"石家庄北国店", "华北"},   {"广州天河店", "华南"},     {"深圳万象城店", "华南"},
      {"深圳海岸城店", "华南"},   {"厦门中山路店", "华南"},   {"佛山千灯湖店", "华南"},
      {"成都春熙路店", "西南"},   {"成都太古里店", "西南"},   {"重庆解放碑店", "西南"},
      {"昆明南屏街店", "西南"},   {"武汉楚河汉街店", "华中"}, {"长沙五一广场店", "华中"},
      {"郑州二七店", "华中"},     {"西安钟楼店", "西北"},     {"兰州张掖路店", "西北"},
      {"沈阳中街店", "东北"},     {"大连青泥洼店", "东北"},   {"哈尔滨中央大街店", "东北"}};
  return kStores;
}

std::string_view channel_name(Channel channel) {
  constexpr std::array<std::string_view, 4> kNames{"天猫", "京东", "小程序", "门店"};
  return kNames.at(static_cast<std::size_t>(channel));
}

double demand(Date date) {
  constexpr std::array<double, 7> kWeekday{1.15, 0.95, 0.93, 0.94, 0.96, 1.02, 1.15};
  constexpr std::array<double, 12> kMonth{0.97, 0.88, 0.98, 0.97, 1.02, 1.05,
                                          0.96, 0.95, 1.0,  1.02, 1.1,  1.06};
  const Ymd ymd = ymd_of(date);
  return kWeekday.at(static_cast<std::size_t>(weekday(date))) *
         kMonth.at(static_cast<std::size_t>(ymd.month - 1)) * spring_festival(date) *
         sales_festival(ymd);
}

bool is_double_eleven(Date date) {
  const Ymd ymd = ymd_of(date);
  return ymd.month == 11 && ymd.day <= 11;
}

std::string person_name(std::uint32_t surname, std::uint32_t first, std::uint32_t second) {
  std::string name(kFamily.at(surname));
  name += kGiven.at(first);
  if (second != first) {
    name += kGiven.at(second);
  }
  return name;
}

}  // namespace huitou::demo
