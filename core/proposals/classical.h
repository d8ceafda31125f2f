// Proposals from a picture's colours and contours alone, without a model: pieces of like colour (Felzenszwalb and
// Huttenlocher 2004) joined one after the other (selective search, Uijlings et al. 2013), told from chance by the
// contours that they hold (Edge Boxes, Zitnick and Dollar 2014). Written here and not taken from OpenCV's ximgproc,
// which gives boxes without their masks and cannot judge boxes that it has not made.
#pragma once

#include "core/proposals/proposals.h"

namespace maskwright::proposals {

struct ClassicalOptions {
    Limits limits;
    int side = 320;  // pixels: the longer side that is looked at, so that no picture takes longer than another
};

std::unique_ptr<Source> classical(ClassicalOptions options = {});

}  // namespace maskwright::proposals
