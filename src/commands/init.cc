#include "commands/list.h"

namespace huitou::commands {

const Command init_command{
    .name = "init",
    .title = {"Make a home", "新建数据目录"},
    .doc =
        {"Makes the directory that holds a shop's data and settings. Every other command makes it "
         "with these defaults where it is missing.",
         "新建存放店铺数据与设置的目录。其他命令在目录不存在时会按默认值自动新建。"},
    .kind = Kind::local,
    .params = {{.name = "time_zone",
                .doc = {"time zone of the shop's calendar days", "店铺日历日所用的时区"},
                .fallback = "Asia/Shanghai"},
               {.name = "currency",
                .doc = {"ISO code of the shop's money", "店铺货币的 ISO 代码"},
                .fallback = "CNY"},
               {.name = "week_start",
                .type = ParamType::choice,
                .doc = {"the day on which weeks begin", "一周从哪天开始"},
                .fallback = "monday",
                .choices = {"monday", "sunday"}}},
    .examples = {"huitou --home shop init --time-zone Europe/London --currency GBP"},
};

const Command serve_command{
    .name = "serve",
    .title = {"Serve the web page", "启动网页服务"},
    .doc = {"Answers over HTTP until it is stopped, and prints the address to open. Only this "
            "computer "
            "can reach it unless --listen says otherwise.",
            "通过 HTTP 提供服务直到停止，并打印访问地址。除非用 --listen 指定，只有本机可以访问。"},
    .kind = Kind::local,
    .params = {{.name = "listen",
                .doc = {"address to listen on", "监听地址"},
                .fallback = "127.0.0.1"},
               {.name = "port",
                .type = ParamType::integer,
                .doc = {"port to listen on; 0 = any free one", "监听端口；0 表示任一空闲端口"},
                .fallback = "8710",
                .at_least = 0,
                .at_most = 65535},
               {.name = "web",
                .type = ParamType::file,
                .doc = {"directory of the built web pages", "网页文件目录"}}},
    .examples = {"huitou --home shop serve", "huitou --home shop serve --port 0"},
};

const Command docs_command{
    .name = "docs",
    .title = {"Write the generated files", "生成文档与类型"},
    .doc = {"Writes the reference pages, the OpenAPI document and the TypeScript types from the "
            "catalogue into a checkout of the program.",
            "根据命令目录，把参考页面、OpenAPI 文档与 TypeScript 类型写入程序的代码仓库。"},
    .kind = Kind::local,
    .params = {{.name = "root",
                .type = ParamType::file,
                .doc = {"root of the checkout", "代码仓库的根目录"},
                .fallback = "."}},
    .examples = {"huitou docs"},
};

}  // namespace huitou::commands
