#include "analysis/file/dataset.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <hdf5.h>
#include <hdf5_hl.h>

namespace weir::analysis {
namespace {

constexpr unsigned kOrdered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr unsigned kDeflateLevel = 1;

std::string defining(std::string_view path) { return fmt::format("define {}", path); }

hid_t file_type(NumberType type) {
  switch (type) {
    case NumberType::kInt32:
      return H5T_STD_I32LE;
    case NumberType::kInt64:
      return H5T_STD_I64LE;
    case NumberType::kDouble:
      break;
  }
  return H5T_IEEE_F64LE;
}

Handle string_type(const Storage& storage, std::size_t size) {
  Handle type = storage.owned(H5Tcopy(H5T_C_S1), H5Tclose, "define a string");
  storage.checked(H5Tset_size(type.id(), size), "define a string");
  storage.checked(H5Tset_strpad(type.id(), H5T_STR_NULLTERM), "define a string");
  storage.checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), "define a string");
  return type;
}

// Groups on the way are made as ordered as the root.
Handle link_creation(const Storage& storage) {
  Handle list = storage.owned(H5Pcreate(H5P_LINK_CREATE), H5Pclose, "prepare a link");
  storage.checked(H5Pset_char_encoding(list.id(), H5T_CSET_UTF8), "prepare a link");
  return list;
}

void make_group(const Storage& storage, const std::string& path) {
  if (storage.checked(H5Lexists(storage.id(), path.c_str(), H5P_DEFAULT), "look up a group") > 0) {
    return;
  }
  const Handle list = storage.owned(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "prepare a group");
  storage.checked(H5Pset_link_creation_order(list.id(), kOrdered), "prepare a group");
  storage.checked(H5Pset_attr_creation_order(list.id(), kOrdered), "prepare a group");
  storage.checked(H5Pset_obj_track_times(list.id(), false), "prepare a group");
  const Handle link = link_creation(storage);
  Handle group =
      storage.owned(H5Gcreate2(storage.id(), path.c_str(), link.id(), list.id(), H5P_DEFAULT),
                    H5Gclose, defining(path));
  storage.checked(group.close(), defining(path));
}

void make_groups_on_the_way(const Storage& storage, std::string_view path) {
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    make_group(storage, std::string(path.substr(0, at)));
  }
}

Handle dataset_creation(const Storage& storage) {
  Handle list = storage.owned(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "prepare a dataset");
  storage.checked(H5Pset_attr_creation_order(list.id(), kOrdered), "prepare a dataset");
  storage.checked(H5Pset_obj_track_times(list.id(), false), "prepare a dataset");
  return list;
}

void set_filters(const Storage& storage, const Handle& list, const Layout& layout) {
  if (layout.chunk.empty()) return;
  const std::vector<hsize_t> chunk(layout.chunk.begin(), layout.chunk.end());
  storage.checked(H5Pset_chunk(list.id(), static_cast<int>(chunk.size()), chunk.data()),
                  "prepare a dataset");
  storage.checked(H5Pset_shuffle(list.id()), "prepare a dataset");
  storage.checked(H5Pset_deflate(list.id(), kDeflateLevel), "prepare a dataset");
  storage.checked(H5Pset_fletcher32(list.id()), "prepare a dataset");
}

Handle make_space(const Storage& storage, const Layout& layout) {
  if (layout.extent.empty()) {
    return storage.owned(H5Screate(H5S_SCALAR), H5Sclose, "prepare a dataset");
  }
  const std::vector<hsize_t> now(layout.extent.begin(), layout.extent.end());
  std::vector<hsize_t> most = now;
  if (layout.grows) most.front() = H5S_UNLIMITED;
  return storage.owned(H5Screate_simple(static_cast<int>(now.size()), now.data(), most.data()),
                       H5Sclose, "prepare a dataset");
}

Handle create_dataset(const Storage& storage, hid_t type, const Layout& layout,
                      const Handle& creation) {
  return storage.owned(H5Dcreate_anon(storage.id(), type, make_space(storage, layout).id(),
                                      creation.id(), H5P_DEFAULT),
                       H5Dclose, "define a dataset");
}

Handle write_strings(const Storage& storage, std::string_view path, const Layout& layout,
                     const std::vector<const char*>& strings) {
  const Handle type = string_type(storage, H5T_VARIABLE);
  Handle dataset = create_dataset(storage, type.id(), layout, dataset_creation(storage));
  give_name(storage, dataset, path);
  storage.checked(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, strings.data()),
                  "write");
  return dataset;
}

void create_attribute(const Storage& storage, const Handle& object, const std::string& name,
                      hid_t type, const void* value) {
  if (storage.checked(H5Aexists(object.id(), name.c_str()), "look up an attribute") > 0) {
    storage.checked(H5Adelete(object.id(), name.c_str()), "replace an attribute");
  }
  const Handle space = storage.owned(H5Screate(H5S_SCALAR), H5Sclose, "define an attribute");
  Handle attribute = storage.owned(
      H5Acreate2(object.id(), name.c_str(), type, space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
      "define an attribute");
  storage.checked(H5Awrite(attribute.id(), type, value), "write an attribute");
  storage.checked(attribute.close(), "write an attribute");
}

}  // namespace

Handle create_numbers(const Storage& storage, const Layout& layout, Missing missing) {
  const bool may_miss = missing == Missing::kAllowed && layout.type == NumberType::kDouble;
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const Handle creation = dataset_creation(storage);
  set_filters(storage, creation, layout);
  if (may_miss) {
    storage.checked(H5Pset_fill_value(creation.id(), H5T_NATIVE_DOUBLE, &kNaN),
                    "prepare a dataset");
  }
  Handle dataset = create_dataset(storage, file_type(layout.type), layout, creation);
  if (may_miss) write_attribute(storage, dataset, "_FillValue", kNaN);
  return dataset;
}

void give_name(const Storage& storage, const Handle& dataset, std::string_view path) {
  make_groups_on_the_way(storage, path);
  const Handle link = link_creation(storage);
  storage.checked(
      H5Olink(dataset.id(), storage.id(), std::string(path).c_str(), link.id(), H5P_DEFAULT),
      defining(path));
}

void remove_name(const Storage& storage, std::string_view path) {
  storage.checked(H5Ldelete(storage.id(), std::string(path).c_str(), H5P_DEFAULT), defining(path));
}

Handle write_text(const Storage& storage, std::string_view path, std::string_view text) {
  const std::string terminated(text);
  return write_strings(storage, path, Layout{}, {terminated.c_str()});
}

Handle write_labels(const Storage& storage, std::string_view path,
                    std::span<const std::string> labels) {
  std::vector<const char*> strings;
  for (const std::string& label : labels) strings.push_back(label.c_str());
  return write_strings(storage, path, Layout{.extent = {labels.size()}}, strings);
}

void write_all(const Storage& storage, const Handle& dataset, const Layout& layout,
               std::span<const std::byte> values) {
  storage.checked(
      H5Dwrite(dataset.id(), file_type(layout.type), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
      "write");
}

void set_rows(const Storage& storage, const Handle& dataset, const Layout& layout,
              std::uint64_t rows) {
  std::vector<hsize_t> extent(layout.extent.begin(), layout.extent.end());
  extent.front() = rows;
  storage.checked(H5Dset_extent(dataset.id(), extent.data()), "write");
}

void write_chunk(const Storage& storage, const Handle& dataset,
                 std::span<const std::uint64_t> offset, std::span<const std::byte> encoded) {
  const std::vector<hsize_t> at(offset.begin(), offset.end());
  constexpr std::uint32_t kAllFilters = 0;
  storage.checked(H5Dwrite_chunk(dataset.id(), H5P_DEFAULT, kAllFilters, at.data(), encoded.size(),
                                 encoded.data()),
                  "write");
}

std::vector<std::int64_t> read_rows(const Storage& storage, const Handle& dataset,
                                    const Layout& layout, std::uint64_t first,
                                    std::uint64_t count) {
  std::vector<hsize_t> start(layout.extent.size(), 0);
  std::vector<hsize_t> extent(layout.extent.begin(), layout.extent.end());
  start.front() = first;
  extent.front() = count;
  std::uint64_t numbers = 1;
  for (const hsize_t length : extent) numbers *= length;
  const Handle space = storage.owned(H5Dget_space(dataset.id()), H5Sclose, "read");
  storage.checked(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr,
                                      extent.data(), nullptr),
                  "read");
  const Handle memory = storage.owned(
      H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose, "read");
  std::vector<std::int64_t> values(numbers);
  storage.checked(
      H5Dread(dataset.id(), H5T_NATIVE_INT64, memory.id(), space.id(), H5P_DEFAULT, values.data()),
      "read");
  return values;
}

void make_scale(const Storage& storage, const Handle& dataset, const std::string& name) {
  storage.checked(H5DSset_scale(dataset.id(), name.c_str()), "define a dimension");
}

void attach_scale(const Storage& storage, const Handle& dataset, const Handle& scale,
                  std::size_t dimension) {
  storage.checked(H5DSattach_scale(dataset.id(), scale.id(), static_cast<unsigned>(dimension)),
                  "define a dimension");
}

void detach_scale(const Storage& storage, const Handle& dataset, const Handle& scale,
                  std::size_t dimension) {
  storage.checked(H5DSdetach_scale(dataset.id(), scale.id(), static_cast<unsigned>(dimension)),
                  "define a dimension");
}

Handle open_object(const Storage& storage, std::string_view path) {
  const std::string name = path.empty() ? "/" : std::string(path);
  return storage.owned(H5Oopen(storage.id(), name.c_str(), H5P_DEFAULT), H5Oclose,
                       fmt::format("find {}", name));
}

void write_attribute(const Storage& storage, const Handle& object, std::string_view name,
                     const AttributeValue& value) {
  const std::string key(name);
  if (const auto* text = std::get_if<std::string>(&value)) {
    const Handle type = string_type(storage, text->size() + 1);
    create_attribute(storage, object, key, type.id(), text->c_str());
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    create_attribute(storage, object, key, H5T_STD_I64LE, integer);
  } else {
    create_attribute(storage, object, key, H5T_IEEE_F64LE, &std::get<double>(value));
  }
}

void copy_attributes(const Storage& storage, const Handle& from, const Handle& to) {
  const auto copy = [](hid_t object, const char* name, const H5A_info_t*, void* context) {
    auto& names = *static_cast<std::vector<std::string>*>(context);
    static_cast<void>(object);
    names.emplace_back(name);
    return 0;
  };
  std::vector<std::string> names;
  storage.checked(H5Aiterate2(from.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, copy, &names),
                  "read the attributes");
  for (const std::string& name : names) {
    if (name == "DIMENSION_LIST") continue;
    const Handle attribute =
        storage.owned(H5Aopen(from.id(), name.c_str(), H5P_DEFAULT), H5Aclose, "read an attribute");
    const Handle type = storage.owned(H5Aget_type(attribute.id()), H5Tclose, "read an attribute");
    std::vector<std::byte> value(H5Aget_storage_size(attribute.id()));
    storage.checked(H5Aread(attribute.id(), type.id(), value.data()), "read an attribute");
    create_attribute(storage, to, name, type.id(), value.data());
  }
}

}  // namespace weir::analysis
