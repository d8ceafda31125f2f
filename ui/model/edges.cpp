#include "ui/model/edges.h"

#include <utility>

#include "core/image/refine.h"
#include "ui/model/background.h"

namespace maskwright::ui {

void makeEdges(QObject* owner, std::shared_ptr<const Heatmap> coarse, std::shared_ptr<const Image> image,
               const Search& search, std::function<void(const Result<std::shared_ptr<const HeatPyramid>>&)> done) {
    inBackground(
        owner,
        [coarse = std::move(coarse), image = std::move(image), refine = search.refine, radius = search.refineRadius] {
            return makePyramid(std::make_shared<const Heatmap>(toPictureSize(*coarse, *image, refine, radius)));
        },
        std::move(done));
}

}  // namespace maskwright::ui
