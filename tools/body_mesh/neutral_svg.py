"""Line drawings of the neutral body (front, back, left, right, and the sole of the feet), with region paths, from the finished arrays.

Takes two arguments: body_model.npz, and the folder for the drawings. About a minute.
    pip install numpy scipy numba scikit-image
"""
import os, sys; sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import numpy as np
import raster
from lineart import chart
from regions2d import vertex_fields, label_image, region_paths
from model import corner_weights
npz, out = sys.argv[1], sys.argv[2]
z = np.load(npz); T = z['triangles'].astype(int)
B = z['basis'] * z['basis_scale'][:, None, None].astype(float)
scores = corner_weights(.5, .15, .5, .5, .35) @ z['corner_scores'].astype(float)
v = z['mean'] * float(z['mean_scale']) + np.tensordot(scores, B, 1)
names = [str(n) for n in z['region_names']]; tri = z['triangle_region'].astype(int)
P = v[T]; fn = np.cross(P[:, 1] - P[:, 0], P[:, 2] - P[:, 0]); N = np.zeros_like(v)
for k in range(3): np.add.at(N, T[:, k], fn)
N /= np.maximum(np.linalg.norm(N, axis=1, keepdims=True), 1e-12)
small = {'ear', 'eye', 'nose', 'mouth', 'cheek', 'chin', 'forehead', 'temple', 'thumb', 'index finger', 'middle finger', 'ring finger', 'little finger', 'great toe', 'lesser toes', 'jaw (masseter)', 'temporomandibular'}
fine = np.zeros(len(v), bool)
for i, n in enumerate(names):
    if n[:-2] in small: fine[T[tri == i].ravel()] = True
Fd = vertex_fields(T, tri, len(names), len(v))
STYLE = '<style>.outline{fill:#f3e7de;fill-rule:evenodd;stroke:#5b4a42;stroke-width:4;stroke-linejoin:round}.contour{fill:none;stroke:#5b4a42;stroke-width:3;stroke-linecap:round}.crease{fill:none;stroke:#8a766b;stroke-width:2.3;stroke-linecap:round}</style>'
def draw(vertices, view, name):
    c = chart(vertices, T, N, view, fine=fine); W_, H_ = c['size']; x0, y1 = c['render']['o']
    L, r = label_image(vertices, T, Fd, view, 1000); rp = region_paths(L, 1000 / r['ppm'], names, r['ppm'])
    reg = '<g class="regions" fill="transparent">' + ''.join(f'<path data-region="{names.index(n)}" d="{d}"><title>{("left " if n.endswith("L") else "right ") + n[:-2]}</title></path>' for n, d, a in rp) + '</g>'
    s = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {W_:.0f} {H_:.0f}" data-sex="neutral" data-habitus="average" data-view="{name}" data-x0="{x0:.4f}" data-y1="{y1:.4f}">' + STYLE
         + f'<path class="outline" d="{"".join(c["outline"])}"/>{reg}<path class="contour" d="{"".join(c["contour"])}"/><g class="crease">' + ''.join(f'<path d="{d}" opacity="{min(.9, .3 + q * 14):.2f}"/>' for q, d in c['crease']) + '</g></svg>')
    open(f'{out}/neutral_average_{name}.svg', 'w').write(s); print(name, len(s) // 1024, 'kB', flush=True)
for view in ('front', 'back', 'left', 'right'): draw(v, view, view)
# the soles: seen from below with the toes up, the patient's left on the viewer's right; feet only, so that nothing hides them
low = {'heel, plantar', 'heel, posterior', 'medial arch', 'lateral sole', 'ball of foot', 'great toe', 'lesser toes', 'dorsum of foot, medial', 'dorsum of foot, lateral', 'medial ankle', 'lateral ankle'}
feet = np.isin(tri, [i for i, n in enumerate(names) if n[:-2] in low])
T = T[feet]; turned = np.stack([v[:, 0], v[:, 2], -v[:, 1]], 1); N = np.stack([N[:, 0], N[:, 2], -N[:, 1]], 1)
keep = np.unique(T); far = np.setdiff1d(np.arange(len(v)), keep); turned[far] = turned[keep[0]]
draw(turned, 'front', 'sole')
