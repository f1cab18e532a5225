#include "experiments/import/arrival_queue.h"

#include <algorithm>

#include "experiments/import/postfix_line.h"

namespace weir::experiments {
namespace {

constexpr std::size_t kLongestAddress = 320;  // RFC 5321 4.5.3.1: 64 + "@" + 255

std::string lowered(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace

std::uint64_t ArrivalQueue::add(LogTime at, std::uint64_t key, TraceKind kind) {
  auto& arrival = waiting_.emplace_back();
  arrival.at = at;
  arrival.key = key;
  arrival.kind = kind;
  counts_.peak = std::max<std::uint64_t>(counts_.peak, waiting_.size());
  return front_serial_ + waiting_.size() - 1;
}

ArrivalQueue::Waiting* ArrivalQueue::find(std::uint64_t serial) {
  if (serial < front_serial_ || serial - front_serial_ >= waiting_.size()) return nullptr;
  return &waiting_[serial - front_serial_];
}

void ArrivalQueue::describe(std::uint64_t serial, std::string_view sender, Bytes size,
                            std::uint32_t recipients) {
  auto* arrival = find(serial);
  if (arrival == nullptr || arrival->described) return;
  arrival->confirmed = true;
  arrival->described = true;
  arrival->sender = sender.substr(0, kLongestAddress);
  arrival->size = size;
  arrival->recipients = std::max(recipients, 1U);
  arrival->settled = arrival->settled || arrival->seen.size() >= arrival->recipients;
}

void ArrivalQueue::saw_recipient(std::uint64_t serial, std::string_view recipient) {
  auto* arrival = find(serial);
  if (arrival == nullptr || arrival->settled) return;
  arrival->confirmed = true;
  const bool single = arrival->described && arrival->recipients == 1;
  if (!single && !arrival->seen.insert(stable_hash(recipient)).second) return;
  seen_ += single ? 0U : 1U;
  arrival->settled = single || (arrival->described && arrival->seen.size() >= arrival->recipients);
  ++arrival->domains[lowered(domain_of(recipient))];
}

void ArrivalQueue::confirm(std::uint64_t serial) {
  if (auto* arrival = find(serial)) arrival->confirmed = true;
}

void ArrivalQueue::close(std::uint64_t serial) {
  if (auto* arrival = find(serial)) arrival->settled = true;
}

void ArrivalQueue::drop(std::uint64_t serial) {
  if (auto* arrival = find(serial)) arrival->dropped = true;
}

bool ArrivalQueue::over_limit() const {
  return waiting_.size() > limits_.arrivals || seen_ > limits_.recipients;
}

void ArrivalQueue::drain(LogTime start) {
  while (!waiting_.empty()) {
    const auto& front = waiting_.front();
    if (!front.settled && !front.dropped && !over_limit()) return;
    if (front.confirmed && !front.dropped) write_front(start);
    seen_ -= front.seen.size();
    waiting_.pop_front();
    ++front_serial_;
  }
}

void ArrivalQueue::write_front(LogTime start) {
  const auto& arrival = waiting_.front();
  const SimTime at{arrival.at - start};
  std::uint32_t left = std::max(arrival.recipients, 1U);
  for (const auto& [domain, recipients] : arrival.domains) {
    write_row(arrival, at, domain, recipients);
    left -= std::min(left, recipients);
  }
  if (left != 0) write_row(arrival, at, {}, left);
}

void ArrivalQueue::write_row(const Waiting& arrival, SimTime at, std::string_view domain,
                             std::uint32_t recipients) {
  ++counts_.rows;
  counts_.recipients += recipients;
  counts_.domain_unknown += domain.empty() ? recipients : 0U;
  counts_.size_unknown += arrival.described ? 0U : 1U;
  sink_->write({.at = at,
                .size = arrival.size,
                .recipients = recipients,
                .domain = domain,
                .sender = arrival.sender,
                .kind = arrival.kind});
}

}  // namespace weir::experiments
