// The JSON schema of scenario files, for editors. Only keywords of draft 4: Taplo knows no later
// ones. It checks what a schema can; bounds of values with units are left to `weir check`.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "experiments/command/catalogue_index.h"
#include "experiments/command/commands.h"
#include "experiments/command/json_parts.h"
#include "experiments/command/output.h"
#include "models/control/kumo_rule.h"
#include "models/entry.h"

namespace weir::experiments {
namespace {

Json ref(const std::string& definition) { return {{"$ref", "#/definitions/" + definition}}; }

Json any_of(std::vector<Json> alternatives) { return {{"anyOf", std::move(alternatives)}}; }

Json words_schema(const std::vector<std::string>& words) { return {{"enum", words}}; }

Json open_table(Json properties, const std::vector<std::string>& required) {
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", required}};
}

Json closed_table(std::string_view description) {
  return {{"type", "object"},
          {"description", description},
          {"properties", Json::object()},
          {"additionalProperties", false}};
}

constexpr const char* kChoice = "choice";
constexpr const char* kUnknownQuantity = "unknown-quantity";
constexpr const char* kUnknownNumber = "unknown-number";

/// A table { dist = ... } over values of a JSON type.
Json distribution_of(const char* type) {
  const Json value{{"type", type}};
  const Json sigma{{"type", "number"}, {"minimum", 0}};
  return any_of(
      {open_table({{"dist", words_schema({"lognormal"})}, {"median", value}, {"sigma", sigma}},
                  {"dist", "median", "sigma"}),
       open_table({{"dist", words_schema({"uniform"})}, {"from", value}, {"to", value}},
                  {"dist", "from", "to"}),
       ref(kChoice)});
}

Json choice() {
  return open_table(
      {{"dist", words_schema({"choice"})}, {"of", {{"type", "array"}, {"minItems", 1}}}},
      {"dist", "of"});
}

/// The type of the items of a list, which a parameter's description has only in words.
Json items_of(const ParameterInfo& info) {
  if (info.kind == ValueType<std::vector<std::int64_t>>::expected()) return {{"type", "integer"}};
  if (info.kind == ValueType<std::vector<double>>::expected()) return {{"type", "number"}};
  if (info.kind == ValueType<std::vector<std::vector<std::string>>>::expected())
    return {{"type", "array"}, {"items", {{"type", "string"}}}};
  if (info.kind == ValueType<std::vector<control::KumoRuleTable>>::expected())
    return {{"type", "object"}};
  return {{"type", "string"}};
}

/// Numbers alone have bounds that a schema can say.
Json number_schema(const ParameterInfo& info, const char* type) {
  Json schema{{"type", type}};
  if (const Json low = Json::parse(info.low, nullptr, false); low.is_number())
    schema["minimum"] = low;
  if (const Json high = Json::parse(info.high, nullptr, false); high.is_number())
    schema["maximum"] = high;
  return schema;
}

/// What may stand for a parameter that is known.
Json plain_schema(const ParameterInfo& info) {
  switch (info.shape) {
    case ValueShape::boolean:
      return {{"type", "boolean"}};
    case ValueShape::integer:
      return number_schema(info, "integer");
    case ValueShape::number:
      return number_schema(info, "number");
    case ValueShape::text:
      return {{"type", "string"}};
    case ValueShape::word:
      return words_schema(info.choices);
    case ValueShape::list:
      return {{"type", "array"}, {"items", items_of(info)}};
  }
  return Json::object();
}

/// Which distributions a parameter takes.
Json unknown_schema(const ParameterInfo& info) {
  if (info.shape == ValueShape::integer || info.shape == ValueShape::number)
    return ref(kUnknownNumber);
  const bool quantity =
      info.shape == ValueShape::text && info.kind != ValueType<std::string>::expected();
  return ref(quantity ? kUnknownQuantity : kChoice);
}

Json parameter_schema(const ParameterInfo& info) {
  std::vector<Json> alternatives{plain_schema(info)};
  if (info.shape != ValueShape::text && info.kind.ends_with("or \"none\""))
    alternatives.push_back(words_schema({"none"}));
  alternatives.push_back(unknown_schema(info));
  Json schema{{"description", info.words + " Expected: " + info.kind + "."}};
  if (Json fallback = Json::parse(info.fallback, nullptr, false); !fallback.is_discarded())
    schema["default"] = std::move(fallback);
  schema["anyOf"] = std::move(alternatives);
  return schema;
}

void add_parameters(Json& table, const std::vector<ParameterInfo>& params) {
  for (const ParameterInfo& info : params) table["properties"][info.key] = parameter_schema(info);
}

/// A model's table. Its name may be left out, because a file or a variant may only change values of
/// a table that stands elsewhere.
Json model_table(const ModelInfo& model, const std::vector<ParameterInfo>& shared) {
  Json table = closed_table(model.summary);
  table["properties"][std::string(kModelKey)] = words_schema({model.name});
  add_parameters(table, model.params);
  add_parameters(table, shared);
  return table;
}

/// The tables of all models of a family, each with `shared` parameters besides its own.
std::vector<Json> model_tables(const std::string& family,
                               const std::vector<ParameterInfo>& shared) {
  std::vector<Json> tables;
  for (const ModelInfo& model : all_models())
    if (model.family == family) tables.push_back(model_table(model, shared));
  tables.push_back(open_table({{kModelKey, ref(kChoice)}}, {std::string(kModelKey)}));
  return tables;
}

Json family_schema(const FamilyInfo& family) {
  std::vector<std::string> names;
  for (const ModelInfo& model : all_models())
    if (model.family == family.name) names.push_back(model.name);
  std::vector<Json> alternatives = model_tables(family.name, {});
  alternatives.insert(alternatives.begin(), words_schema(names));
  alternatives.push_back(ref(kChoice));
  Json schema = any_of(std::move(alternatives));
  schema["description"] = "A model that says " + family.question + ".";
  return schema;
}

Json named_tables(const std::string& definition) {
  return {{"type", "object"}, {"additionalProperties", ref(definition)}};
}

Json table_schema(const TableInfo& table) {
  for (const TableInfo::Slot& slot : table.slots)
    if (slot.key.empty()) return any_of(model_tables(slot.family, table.params));
  Json schema = closed_table(table.words);
  add_parameters(schema, table.params);
  for (const TableInfo::Slot& slot : table.slots) {
    const std::string family = "family-" + slot.family;
    Json& place = schema["properties"][slot.key];
    place = slot.named ? named_tables(family) : ref(family);
    // Tables of models have names of their own: a model directly under the key is a mistake.
    if (slot.named) place["not"] = {{"required", {kModelKey}}};
  }
  return schema;
}

/// Lets the table defined at `path` stand where `place` says, such as "site.NAME.connector.NAME".
void connect(Json& root, const std::string& path, std::string place) {
  const bool named = place.ends_with(".NAME");
  if (named) place.erase(place.size() - 5);
  const std::size_t dot = place.rfind('.');
  Json& parent = dot == std::string::npos ? root : root["definitions"][place.substr(0, dot)];
  parent["properties"][place.substr(dot == std::string::npos ? 0 : dot + 1)] =
      named ? named_tables(path) : ref(path);
}

/// A factor's levels have the type of whatever it varies; the list of them may stand alone.
void allow_levels(Json& factor) {
  const Json any_number{{"type", {"string", "number"}}};
  const Json list{{"type", "array"}, {"minItems", 1}};
  factor["properties"]["values"] = list;
  for (const char* key : {"from", "to", "step"}) factor["properties"][key] = any_number;
  factor = any_of({list, factor});
}

Json scenario_schema() {
  const auto tables = all_tables();
  Json root{{"$schema", "http://json-schema.org/draft-04/schema#"}, {"title", "weir scenario"}};
  for (const TableInfo& table : tables)
    if (table.path.empty()) root.update(table_schema(table));
  Json& definitions = root["definitions"];
  definitions[kChoice] = choice();
  definitions[kUnknownQuantity] = distribution_of("string");
  definitions[kUnknownNumber] = distribution_of("number");
  for (const FamilyInfo& family : all_families())
    definitions["family-" + family.name] = family_schema(family);
  for (const TableInfo& table : tables)
    if (!table.path.empty()) definitions[table.path] = table_schema(table);
  allow_levels(definitions["experiment.factors.NAME"]);
  const Json number_of_replications = definitions["experiment"]["properties"]["replications"];
  for (const TableInfo& table : tables) {
    if (!table.path.empty()) connect(root, table.path, table.path);
    for (const std::string& place : table.also) connect(root, table.path, place);
  }
  Json& replications = definitions["experiment"]["properties"]["replications"];
  replications = any_of({number_of_replications, replications});
  root["properties"]["variant"] = {
      {"type", "object"},
      {"description", "Tables [variant.NAME] whose values go on top of the scenario's."},
      {"additionalProperties", {{"type", "object"}}}};
  return root;
}

}  // namespace

int schema_command() {
  const std::string text =
      scenario_schema().dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  return write_out(text) ? kDone : kFailed;
}

}  // namespace weir::experiments
