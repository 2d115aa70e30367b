#include "analyses/rfm/rules.h"

// The named segments as data: name, scores, what to do next.

namespace huitou::analyses {
namespace {

const Sentence kReward{"Reward them, ask for referrals, show new things first.",
                       "给予专属礼遇，邀请转介绍，新品优先体验。"};
const Sentence kDeepen{"Offer the next tier, bundles and reviews that pay points.",
                       "引导升级会员等级，推荐组合购，评价送积分。"};
const Sentence kHabit{"Offer membership and a second category to make it a habit.",
                      "邀请入会，推荐第二个品类，养成购买习惯。"};
const Sentence kWelcome{"Welcome them and lead to the second order within the usual gap.",
                        "发送迎新关怀，在常规复购周期内促成第二单。"};
const Sentence kNurture{"A small coupon for the next order.", "发放小额券促成下一单。"};
const Sentence kRemind{"A limited offer on what they bought before.", "针对曾购商品推送限时优惠。"};
const Sentence kWake{"Remind them before they sleep: favourites and a small coupon.",
                     "沉睡前提醒：推送热销与收藏商品，附小额券。"};
const Sentence kWinBack{"A personal win-back offer; ask what went wrong.",
                        "个性化召回，并了解流失原因。"};
const Sentence kCall{"Call them in person and make the best offer.", "专人回访，给出最优方案。"};
const Sentence kLetGo{"One cheap last attempt, then leave them in peace.",
                      "低成本尝试一次召回，之后减少打扰。"};
const Sentence kWatch{"Nothing special: keep observing.", "暂不专项运营，持续观察。"};

const Sentence kChampions{"Champions", "冠军客户"};
const Sentence kPotential{"Potential Loyalist", "潜力忠诚客户"};
const Sentence kNeedAttention{"Need Attention", "需要关注客户"};
const Sentence kAboutToSleep{"About To Sleep", "即将沉睡客户"};
const Sentence kAtRisk{"At Risk", "流失风险客户"};
const Sentence kPromising{"Promising", "有望客户"};
const Sentence kLost{"Lost", "已流失客户"};
const Sentence kOthers{"Others", "其他客户"};

}  // namespace

const std::vector<Rule>& classic_rules() {
  static const std::vector<Rule> kRules{
      {kChampions, {4, 5}, {4, 5}, {4, 5}, kReward},
      {{"Loyal Customers", "忠诚客户"}, {2, 5}, {3, 5}, {3, 5}, kDeepen},
      {kPotential, {3, 5}, {1, 3}, {1, 3}, kHabit},
      {{"New Customers", "新客户"}, {4, 5}, {1, 1}, {1, 1}, kWelcome},
      {kPromising, {3, 4}, {1, 1}, {1, 1}, kNurture},
      {kNeedAttention, {2, 3}, {2, 3}, {2, 3}, kRemind},
      {kAboutToSleep, {2, 3}, {1, 2}, {1, 2}, kWake},
      {kAtRisk, {1, 2}, {2, 5}, {2, 5}, kWinBack},
      {{"Can't Lose Them", "不能失去的客户"}, {1, 1}, {4, 5}, {4, 5}, kCall},
      {kLost, {1, 2}, {1, 2}, {1, 2}, kLetGo},
      {kOthers, {}, {}, {}, kWatch}};
  return kRules;
}

const std::vector<Rule>& rfm_0_3_rules() {
  static const std::vector<Rule> kRules{
      {kChampions, {5, 5}, {5, 5}, {5, 5}, kReward},
      {kPotential, {3, 5}, {3, 5}, {2, 5}, kHabit},
      {{"Loyal", "忠诚客户"}, {2, 4}, {2, 4}, {2, 4}, kDeepen},
      {kPromising, {3, 4}, {1, 3}, {3, 5}, kNurture},
      {{"New", "新客户"}, {4, 5}, {1, 3}, {1, 5}, kWelcome},
      {{"Can't Lose", "不能失去的客户"}, {1, 2}, {3, 4}, {4, 5}, kCall},
      {kAtRisk, {1, 2}, {2, 5}, {4, 5}, kWinBack},
      {kNeedAttention, {1, 3}, {3, 5}, {3, 5}, kRemind},
      {kAboutToSleep, {2, 3}, {1, 3}, {1, 4}, kWake},
      {kLost, {1, 1}, {1, 5}, {1, 5}, kLetGo},
      {kOthers, {}, {}, {}, kWatch}};
  return kRules;
}

const std::vector<Rule>& eight_rules() {
  static const std::vector<Rule> kRules{
      {{"Important value", "重要价值客户"}, {2, 2}, {2, 2}, {2, 2}, kReward},
      {{"Important to keep", "重要保持客户"}, {1, 1}, {2, 2}, {2, 2}, kCall},
      {{"Important to develop", "重要发展客户"}, {2, 2}, {1, 1}, {2, 2}, kHabit},
      {{"Important to win back", "重要挽留客户"}, {1, 1}, {1, 1}, {2, 2}, kWinBack},
      {{"General value", "一般价值客户"}, {2, 2}, {2, 2}, {1, 1}, kDeepen},
      {{"General to keep", "一般保持客户"}, {1, 1}, {2, 2}, {1, 1}, kRemind},
      {{"General to develop", "一般发展客户"}, {2, 2}, {1, 1}, {1, 1}, kNurture},
      {{"General to win back", "一般挽留客户"}, {1, 1}, {1, 1}, {1, 1}, kLetGo}};
  return kRules;
}

}  // namespace huitou::analyses
