/** Words of the menu by which the office is set up; each screen has its own beside this. */
export const settings = {
  menu: 'Thiết lập',
  teams: 'Đoàn kiểm tra và địa bàn',
  policies: 'Chính sách xét',
  calendar: 'Lịch làm việc và thời hạn',
};
