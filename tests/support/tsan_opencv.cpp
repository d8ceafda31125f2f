// Tells the thread sanitizer that cv::parallel_for_ hands its work over and waits for it. OpenCV's pool (TBB in Debian)
// is built without the sanitizer, so that what a body reads would look unguarded against the work before and after the
// loop. Linked into core/image under the tsan preset alone, and built without the sanitizer itself.
//
// The function below stands in front of OpenCV's own of the same name, for OpenCV too. Two bodies of one loop that
// write the same place are still reported.
#include <dlfcn.h>

#include <opencv2/core/utility.hpp>

extern "C" void __tsan_acquire(void* meeting);
extern "C" void __tsan_release(void* meeting);

namespace {

class Met : public cv::ParallelLoopBody {
  public:
    explicit Met(const cv::ParallelLoopBody& body) : body_(body) {}
    void operator()(const cv::Range& range) const override {
        __tsan_acquire(&begun_);
        body_(range);
        __tsan_release(&done_);
    }
    void begin() { __tsan_release(&begun_); }
    void end() { __tsan_acquire(&done_); }

  private:
    const cv::ParallelLoopBody& body_;
    mutable char begun_ = 0, done_ = 0;
};

}  // namespace

void cv::parallel_for_(const cv::Range& range, const cv::ParallelLoopBody& body, double stripes) {
    using Function = void (*)(const cv::Range&, const cv::ParallelLoopBody&, double);
    static const auto opencv =
        reinterpret_cast<Function>(dlsym(RTLD_NEXT, "_ZN2cv13parallel_for_ERKNS_5RangeERKNS_16ParallelLoopBodyEd"));
    Met met(body);
    met.begin();
    opencv(range, met, stripes);
    met.end();
}
