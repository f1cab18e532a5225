#include "analysis/file/storage.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <type_traits>

#include <fcntl.h>
#include <hdf5.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/file/error.h"

namespace weir::analysis {
namespace {

static_assert(std::is_same_v<hid_t, std::int64_t> && std::is_same_v<herr_t, int>,
              "handle.h names these types without hdf5.h");

// The deepest message is the cause; the file driver writes "errno = N" into its own.
struct Cause {
  int error_number = 0;
  std::string message;
};

int errno_in(std::string_view text) {
  constexpr std::string_view kMark = "errno = ";
  const std::size_t at = text.find(kMark);
  if (at == std::string_view::npos) return 0;
  int number = 0;
  std::from_chars(text.data() + at + kMark.size(), text.data() + text.size(), number);
  return number;
}

herr_t note_cause(unsigned depth, const H5E_error2_t* entry, void* context) {
  Cause& cause = *static_cast<Cause*>(context);
  const std::string_view text = entry->desc == nullptr ? "" : entry->desc;
  if (depth == 0) cause.message = text;
  if (cause.error_number == 0) cause.error_number = errno_in(text);
  return 0;
}

Cause cause_of_failure() {
  Cause cause;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_cause, &cause);
  H5Eclear2(H5E_DEFAULT);
  if (cause.message.empty()) cause.message = "HDF5 gives no reason";
  return cause;
}

// At exit HDF5 would try again to write what a full disk refused. We close all files ourselves.
void prepare_library() {
  static const bool once = [] {
    H5dont_atexit();
    return true;
  }();
  static_cast<void>(once);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // per thread
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags)
      : fd_(::open(path.c_str(), flags, 0666)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }

  int number() const { return fd_; }

 private:
  int fd_;
};

// An errno value, or 0. The system's own functions, since std::filesystem says EIO of a full disk.
int copy_whole(const std::filesystem::path& from, const std::filesystem::path& to) {
  constexpr std::size_t kPiece = 1 << 30;
  const Descriptor in(from, O_RDONLY | O_CLOEXEC);
  if (in.number() < 0) return errno;
  const Descriptor out(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
  if (out.number() < 0) return errno;
  ssize_t copied = 0;
  do {
    copied = ::sendfile(out.number(), in.number(), nullptr, kPiece);
  } while (copied > 0 || (copied < 0 && errno == EINTR));
  return copied < 0 ? errno : 0;
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

// The netCDF-4 rules: creation order is tracked and indexed; CF readers rely on the order.
constexpr unsigned kOrdered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

constexpr hsize_t kRawPiece = 4 * 1024 * 1024;
constexpr hsize_t kMetadataPiece = 32 * 1024;

}  // namespace

Storage::Storage(const std::filesystem::path& path) : final_(path), part_(path), live_(path) {
  part_ += ".part";
  live_ += ".live";
  prepare_library();
  probe();
  create();
  remove_live();  // of a run that was killed
}

// Without commit() the file was given up: what can still be written is, and nobody is told.
Storage::~Storage() {
  file_.close();
  H5Eclear2(H5E_DEFAULT);
}

void Storage::fail(std::string_view operation, int error_number, std::string_view detail) const {
  throw FileError(final_, operation, error_number, detail);
}

// Asks the system before HDF5 does, which would empty a file that another run is writing.
void Storage::probe() const {
  struct stat status {};
  if (::stat(final_.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) fail("write", EISDIR);
  const Descriptor part(part_, O_RDWR | O_CREAT | O_CLOEXEC);
  if (part.number() < 0) fail("create the file", errno);
  if (::flock(part.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    fail("create the file", EAGAIN);
  }
}

void Storage::create() {
  const Handle access = owned(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "prepare the file");
  checked(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18), "prepare the file");
  checked(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "prepare the file");
  // Space is taken in large pieces, so that the end of the file, which HDF5 notes last of all,
  // seldom moves: a run killed within a flush else leaves chunks beyond the end noted. What is not
  // used is given back when the file is closed.
  checked(H5Pset_small_data_block_size(access.id(), kRawPiece), "prepare the file");
  checked(H5Pset_meta_block_size(access.id(), kMetadataPiece), "prepare the file");
  // Some network file systems know no locks; there a second writer is not noticed.
  checked(H5Pset_file_locking(access.id(), true, true), "prepare the file");
  const Handle creation = owned(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "prepare the file");
  checked(H5Pset_link_creation_order(creation.id(), kOrdered), "prepare the file");
  checked(H5Pset_attr_creation_order(creation.id(), kOrdered), "prepare the file");
  checked(H5Pset_obj_track_times(creation.id(), false), "prepare the file");
  file_ = owned(H5Fcreate(part_.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), H5Fclose,
                "create the file");
}

std::int64_t Storage::checked(std::int64_t answer, std::string_view operation) const {
  if (answer >= 0) return answer;
  const Cause cause = cause_of_failure();
  fail(operation, cause.error_number, cause.message);
}

Handle Storage::owned(std::int64_t id, Handle::Close close, std::string_view operation) const {
  return Handle(checked(id, operation), close);
}

void Storage::flush() { checked(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), "write"); }

void Storage::publish() {
  std::filesystem::path copy = live_;
  copy += ".new";
  int error = copy_whole(part_, copy);
  if (error == 0 && ::rename(copy.c_str(), live_.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlink(copy.c_str());
  throw FileError(live_, "write the copy for readers", error);
}

void Storage::remove_live() const {
  ::unlink(live_.c_str());  // mostly there is none
}

void Storage::commit() {
  flush();  // while the file is open a failure can still be told from a wrong call
  checked(file_.close(), "close the file");
  sync(part_);
  if (::rename(part_.c_str(), final_.c_str()) != 0) fail("give the file its name", errno);
  sync(folder_of(final_));
  remove_live();
}

void Storage::sync(const std::filesystem::path& path) const {
  const Descriptor descriptor(path, O_RDONLY | O_CLOEXEC);
  if (descriptor.number() < 0) fail("reopen the file", errno);
  // Some file systems cannot sync a folder and say EINVAL.
  if (::fsync(descriptor.number()) != 0 && errno != EINVAL)
    fail("bring the file to the disk", errno);
}

}  // namespace weir::analysis
