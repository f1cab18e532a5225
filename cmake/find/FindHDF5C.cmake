# The serial C library of HDF5 with its dimension scales (H5DS): defines HDF5::C.
#
# CMake's own FindHDF5 needs the C language enabled and calls the wrapper compiler; this asks only
# for a header and a library.

find_path(HDF5C_INCLUDE_DIR hdf5.h PATH_SUFFIXES hdf5/serial)
find_library(HDF5C_LIBRARY NAMES hdf5_serial hdf5 PATH_SUFFIXES hdf5/serial)
find_library(HDF5C_HL_LIBRARY NAMES hdf5_serial_hl hdf5_hl PATH_SUFFIXES hdf5/serial)
mark_as_advanced(HDF5C_INCLUDE_DIR HDF5C_LIBRARY HDF5C_HL_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(HDF5C
  REQUIRED_VARS HDF5C_LIBRARY HDF5C_HL_LIBRARY HDF5C_INCLUDE_DIR)

if(HDF5C_FOUND AND NOT TARGET HDF5::C)
  add_library(HDF5::C UNKNOWN IMPORTED GLOBAL)
  set_target_properties(HDF5::C PROPERTIES
    IMPORTED_LOCATION "${HDF5C_HL_LIBRARY}"
    INTERFACE_LINK_LIBRARIES "${HDF5C_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${HDF5C_INCLUDE_DIR}")
endif()
