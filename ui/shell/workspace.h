// What the window works on, in the order in which one part needs the ones before it. The window owns it and makes its
// widgets, actions and controllers after it, so all of it is still there when the last of them goes. GUI thread.
#pragma once

#include "ui/canvas/correct_tools.h"
#include "ui/canvas/region_tools.h"
#include "ui/folder/folder_masks.h"
#include "ui/folder/folder_search.h"
#include "ui/model/ahead.h"
#include "ui/model/automatic_thresholds.h"
#include "ui/model/candidates.h"
#include "ui/model/corrections.h"
#include "ui/model/document.h"
#include "ui/model/inference.h"
#include "ui/model/jobs.h"
#include "ui/model/marks.h"
#include "ui/model/model_list.h"
#include "ui/model/overlay_state.h"
#include "ui/model/picture_objects.h"
#include "ui/model/pictures.h"
#include "ui/model/preview.h"
#include "ui/model/row_findings.h"
#include "ui/model/support_library.h"

namespace maskwright::ui {

struct Workspace {
    Workspace(Inference& engineInUse, ModelStore& store, const session::EngineOptions& options)
        : inference(engineInUse),
          models(store),
          preview(document, inference, options),
          jobs(preview, inference),
          rows(document, preview, jobs),
          thresholds(document, preview, rows),
          candidates(document, preview, jobs),
          ahead(document, pictures, preview, jobs),
          overlay(document),
          objects(document, jobs),
          corrections(document, rows, candidates, objects, overlay),
          marks(document),
          search(jobs),
          masks(jobs) {}

    Inference& inference;  // the program's
    ModelList models;
    Document document;
    Pictures pictures;
    Preview preview;
    Jobs jobs;
    RowFindings rows;
    AutomaticThresholds thresholds;
    Candidates candidates;
    Ahead ahead;
    OverlayState overlay;
    PictureObjects objects;
    Corrections corrections;
    Marks marks;
    SupportLibrary library;
    RegionTools tools;
    CorrectTools correctTools;
    FolderSearch search;
    FolderMasks masks;
};

}  // namespace maskwright::ui
