#include "experiments/explain/topics.h"

#include <algorithm>

#include "experiments/command/catalogue_index.h"
#include "experiments/explain/page.h"
#include "experiments/explain/rules.h"
#include "experiments/explain/words.h"
#include "models/reply.h"

namespace weir::experiments {
namespace {

/// The rules that `text` cites, each in its sentence.
std::string rules_cited(std::string_view text) {
  std::string out;
  for (const std::string& id : rules_named(text))
    if (const Rule* rule = find_rule(id)) out += labelled(id, rule->meaning, 9);
  return out.empty() ? out : "\n" + out;
}

/// "site.NAME.connector" for "site.NAME.connector.NAME".
std::string without_name(std::string path) {
  if (path.ends_with(".NAME")) path.erase(path.size() - 5);
  return path;
}

std::string heading(const TableInfo& table) {
  return table.path.empty() ? "the scenario's top level" : "[" + table.path + "]";
}

std::vector<std::string> paths_of(const TableInfo& table) {
  std::vector<std::string> paths{table.path};
  paths.insert(paths.end(), table.also.begin(), table.also.end());
  return paths;
}

/// Where a model of the family is written, such as "lane.retry"; two forms for a throttle.
std::vector<std::string> places_of(const std::vector<TableInfo>& tables,
                                   const std::string& family) {
  std::vector<std::string> places;
  for (const TableInfo& table : tables)
    for (const TableInfo::Slot& slot : table.slots)
      if (slot.family == family)
        for (const std::string& path : paths_of(table))
          places.push_back(joined(joined(path, slot.key), slot.named ? "NAME" : ""));
  return places;
}

std::vector<std::string> models_of(const std::vector<ModelInfo>& models,
                                   const std::string& family) {
  std::vector<std::string> names;
  for (const ModelInfo& model : models)
    if (model.family == family) names.push_back(model.name);
  return names;
}

class TopicList {
 public:
  std::vector<Topic> take() {
    add_tables();
    add_families();
    add_models();
    add_replies();
    add_causes();
    for (const Word& word : all_words())
      add({std::string(word.name),
           std::string(word.kind),
           {std::string(word.name)},
           wrapped(word.meaning, 2)});
    for (const Rule& rule : all_rules()) add_rule(rule);
    return std::move(all_);
  }

 private:
  void add(Topic topic) { all_.push_back(std::move(topic)); }

  void add_parameter(const ParameterInfo& info, std::string title, std::string kind,
                     std::vector<std::string> names) {
    add({std::move(title), std::move(kind), std::move(names),
         parameter_text(info) + rules_cited(info.source)});
  }

  void add_tables() {
    for (const TableInfo& table : tables_) {
      std::string text = wrapped(table.words, 2);
      if (!table.params.empty() || !table.slots.empty()) text += "\n";
      for (const ParameterInfo& info : table.params) text += parameter_text(info);
      for (const TableInfo::Slot& slot : table.slots) text += slot_text(slot);
      std::vector<std::string> names{table.path, without_name(table.path)};
      if (table.path.empty()) names = {"scenario"};
      names.insert(names.end(), table.also.begin(), table.also.end());
      add({heading(table), "table", std::move(names), std::move(text)});
      for (const ParameterInfo& info : table.params) add_table_parameter(table, info);
    }
  }

  void add_table_parameter(const TableInfo& table, const ParameterInfo& info) {
    std::vector<std::string> names{joined(table.path, info.key)};
    if (table.path.ends_with(".NAME")) names.push_back(joined(without_name(table.path), info.key));
    for (const std::string& path : table.also) names.push_back(joined(path, info.key));
    add_parameter(info, names.front(), "parameter of " + heading(table), names);
  }

  std::string slot_text(const TableInfo::Slot& slot) const {
    const std::string key = slot.key.empty() ? "model" : slot.key + (slot.named ? ".NAME" : "");
    return "  " + key + "\n" +
           wrapped("A model of the family " + slot.family + ": " +
                       listed(models_of(models_, slot.family)) + ".",
                   6);
  }

  void add_families() {
    for (const FamilyInfo& family : all_families()) {
      const auto places = places_of(tables_, family.name);
      std::string text = wrapped("Its models say " + family.question + ". A model is named in " +
                                     listed(places) + ":",
                                 2) +
                         "\n";
      for (const ModelInfo& model : models_)
        if (model.family == family.name) text += labelled(model.name, model.summary, 22);
      std::vector<std::string> names{family.name};
      for (const std::string& place : places) {
        // A plan's model and its own parameters share a table.
        if (family.name == "plan") break;
        names.push_back(place);
        names.push_back(without_name(place));
      }
      add({family.name, "family of models", std::move(names), std::move(text)});
    }
  }

  void add_models() {
    for (const ModelInfo& model : models_) {
      const auto places = places_of(tables_, model.family);
      const std::string title = model.family + "." + model.name;
      std::string text = wrapped(model.summary, 2);
      text += wrapped("Written as model = \"" + model.name + "\" in [" + places.front() + "].", 2);
      if (model.family == "plan")
        text += wrapped("What all plans have in common: weir explain plan.NAME", 2);
      if (!model.params.empty()) text += "\n";
      for (const ParameterInfo& info : model.params) text += parameter_text(info);
      add({title, "model", {title}, std::move(text)});
      for (const ParameterInfo& info : model.params) {
        std::vector<std::string> names{joined(title, info.key)};
        for (const std::string& place : places) names.push_back(joined(place, info.key));
        add_parameter(info, names.front(), "parameter of a model", names);
      }
    }
  }

  static std::string reply_text(const ReplyInfo& reply) {
    const char* severity = reply.severity == Severity::accept  ? "accepted"
                           : reply.severity == Severity::defer ? "deferred: it is tried again"
                                                               : "rejected: it bounces";
    const char* concerns = reply.concerns == Concerns::address ? "all mail of the sending address"
                           : reply.concerns == Concerns::connection ? "one connection"
                                                                    : "this message alone";
    std::string out = wrapped(std::string(reply.code) + " " + std::string(reply.text), 2);
    out += labelled("  cause", reply.cause, 20) + labelled("  the attempt is", severity, 20);
    if (reply.severity != Severity::accept) out += labelled("  it concerns", concerns, 20);
    out += labelled("  it shows in",
                    reply.reaches_transport ? "the sender's log and the receiver's message trace"
                                            : "the sender's log only",
                    20);
    return out + labelled("  source", reply.source, 20);
  }

  void add_replies() {
    for (const ReplyInfo& first : all_replies()) {
      const std::string code(first.code);
      const auto same = [&](const Topic& t) { return t.title == code; };
      if (std::any_of(all_.begin(), all_.end(), same)) continue;
      std::string text;
      std::string sources;
      for (const ReplyInfo& reply : all_replies()) {
        if (reply.code != first.code) continue;
        text += (text.empty() ? "" : "\n") + reply_text(reply);
        sources += std::string(reply.source) + " ";
      }
      text += rules_cited(sources);
      add({code, "reply", {code, code.substr(4), code.substr(0, 3)}, std::move(text)});
    }
  }

  void add_causes() {
    for (const ReplyInfo& first : all_replies()) {
      const std::string cause(first.cause);
      const auto same = [&](const Topic& t) { return t.title == cause && t.kind == "cause"; };
      if (first.severity == Severity::accept || std::any_of(all_.begin(), all_.end(), same))
        continue;
      std::string text = wrapped("Attempts with this cause get one of these replies:", 2);
      for (const ReplyInfo& reply : all_replies())
        if (reply.cause == first.cause)
          text += wrapped(std::string(reply.code) + " " + std::string(reply.text), 4);
      add({cause, "cause", {cause}, std::move(text)});
    }
  }

  void add_rule(const Rule& rule) {
    const std::string id(rule.id);
    std::string text = wrapped(rule.meaning, 2) + "\n";
    text += labelled("effect", effect_words(rule.effects), 14);
    text += labelled("in weir", coverage_words(rule.coverage), 14);
    if (!rule.how.empty()) text += wrapped(rule.how, 14);
    std::vector<std::string> users;
    for (const TableInfo& table : tables_)
      for (const ParameterInfo& info : table.params)
        if (info.source.find(id) != std::string::npos)
          users.push_back(joined(table.path, info.key));
    for (const ModelInfo& model : models_)
      for (const ParameterInfo& info : model.params)
        if (info.source.find(id) != std::string::npos)
          users.push_back(joined(model.family + "." + model.name, info.key));
    if (!users.empty()) text += labelled("source of", listed(users), 14);
    add({id, "rule", {id}, std::move(text)});
  }

  std::vector<TableInfo> tables_ = all_tables();
  std::vector<ModelInfo> models_ = all_models();
  std::vector<Topic> all_;
};

}  // namespace

std::vector<Topic> all_topics() { return TopicList().take(); }

}  // namespace weir::experiments
