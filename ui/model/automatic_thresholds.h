// Tells the document what an automatic threshold comes to, from the maps that were found. GUI thread.
#pragma once

#include <QObject>

#include "ui/model/document.h"
#include "ui/model/preview.h"
#include "ui/model/row_findings.h"

namespace maskwright::ui {

class AutomaticThresholds : public QObject {
    Q_OBJECT

  public:
    AutomaticThresholds(Document& document, Preview& preview, RowFindings& rows, QObject* parent = nullptr);
    // How the probabilities of what is worked on are spread; null where nothing is found.
    [[nodiscard]] const Histogram* histogram() const;

  private:
    void follow();
    Document& document_;
    Preview& preview_;
    RowFindings& rows_;
};

}  // namespace maskwright::ui
