#include "models/filter/content.h"

namespace weir::filter {

Content draw_content(const ContentParams& params, Draw& draw) {
  Content content;
  content.spam = draw.happens(params.spam);
  const bool sure = draw.happens(params.high_confidence);
  content.high_confidence = content.spam && sure;
  content.malware = draw.happens(params.malware);
  content.locked = draw.happens(params.locked);
  return content;
}

}  // namespace weir::filter
